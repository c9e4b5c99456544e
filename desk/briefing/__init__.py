"""Briefing: which briefings there are, what is on the table, what the team decided, and what of it was wrong."""

from desk.briefing import decided, guards, marking, running, taking_back, views
from desk.briefing.place import blueprint

__all__ = ["blueprint", "decided", "guards", "marking", "running", "taking_back", "views"]
