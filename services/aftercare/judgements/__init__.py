"""What became of a partner's message: intake answers the partner with it."""
