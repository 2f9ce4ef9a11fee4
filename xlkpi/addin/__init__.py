"""What runs inside Excel."""
