"""Plays a published year of a house against a running platform and compares the report with the published figures."""
