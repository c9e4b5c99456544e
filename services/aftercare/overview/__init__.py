"""Detentions with all that happened around them."""
