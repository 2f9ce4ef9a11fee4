"""What the figures come to: pure functions; the quarter is an argument."""
