"""What is agreed at the table, who directs it, and whether it still stands."""
