"""Contactpersonen: who of a partner can be called."""
