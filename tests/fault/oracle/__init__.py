"""Judges a round by what the outside saw and what the stores hold; of the code that it judges it knows nothing."""
