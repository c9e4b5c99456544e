"""Beheer, the page of operators: is all well, what went through, what waits for a person, what may be restarted."""

from desk.operations import lists, overview, parked
from desk.operations.blueprint import blueprint

__all__ = ["blueprint", "lists", "overview", "parked"]
