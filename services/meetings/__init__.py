"""Meetings: cases under treatment at a table, their sessions, action plans, monitoring and closing."""
