"""Uitvragen: what partners are asked, what they answer, and which answers are outstanding."""
