"""What a fund gives for a year, which budget line gets how much of it, and when the year is closed."""
