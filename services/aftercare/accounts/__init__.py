"""What was spent of a fund in a year, for whom and on what, and who has something left."""
