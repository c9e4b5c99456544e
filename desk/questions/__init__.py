"""Uitvragen: what partners are asked, what they answer, which answers are outstanding, and what came late."""

from desk.questions import late_information
from desk.questions.views import blueprint

__all__ = ["blueprint", "late_information"]
