"""What a new trajectory would do to a budget line, and how the line will stand at the end of its year."""
