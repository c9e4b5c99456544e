"""Herhalingen: who is referred again while a table case runs, and whether the plan still stands."""
