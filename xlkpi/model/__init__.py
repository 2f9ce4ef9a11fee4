"""What an indicator is: periods, the register with its targets, observations. Frozen values, no I/O."""
