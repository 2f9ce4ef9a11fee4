"""What to show: values and their roles, no colours."""
