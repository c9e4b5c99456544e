"""What becomes of a table case whose decision the weighing team takes back."""
