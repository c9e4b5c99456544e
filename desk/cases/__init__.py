"""Zaak: one file on one case, and what partners told too late for the weighing team."""

from desk.cases import late_information
from desk.cases.views import blueprint

__all__ = ["blueprint", "late_information"]
