"""Vergeten: who is forgotten on request, and who confirmed it."""
