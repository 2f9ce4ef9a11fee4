"""Contract performance reporting for people who live in Excel."""
