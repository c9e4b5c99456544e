"""Reporting: projections of everybody's events, the management report and the operators' page."""
