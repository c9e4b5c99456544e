"""Terugkoppelingen: who is still to hear what was decided, and was told."""
