"""The daily list of suspects at ZSM: whom the house knows is told once, and everybody else is forgotten."""

from datetime import date, timedelta

SAME_CASE = timedelta(days=7)
"""Somebody who is on a list again within so many days is there for the same case: a case at ZSM is a matter of days."""


def is_news(last_listed_on: date | None, listed_on: date) -> bool:
    """Whether it must be told that somebody is on a list. Not of an older list that comes late."""
    return last_listed_on is None or listed_on - last_listed_on > SAME_CASE
