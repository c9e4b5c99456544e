"""The rules of the meetings: standard library only."""
