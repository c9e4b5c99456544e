"""The rules of aftercare: standard library only."""
