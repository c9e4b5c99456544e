"""Reporting: projections of everybody's events, the management report, factsheets, and the figures for operators."""
