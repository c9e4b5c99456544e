"""What must be ready before a release, what is missing, and whose business that is."""
