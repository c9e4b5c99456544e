"""One table case with all that happened to it."""
