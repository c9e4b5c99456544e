"""How a table case ends."""
