"""Zaak: one file on one case; what partners told after the decision, and a trajectory that nobody started."""

from desk.cases import late_information, no_trajectory
from desk.cases.views import blueprint

__all__ = ["blueprint", "late_information", "no_trajectory"]
