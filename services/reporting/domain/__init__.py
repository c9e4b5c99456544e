"""How figures follow from what happened: standard library only."""
