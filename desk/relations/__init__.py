"""Leden en relaties: who belongs with somebody, as an intake officer records it."""
