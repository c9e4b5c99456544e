"""Intake: the door for partners, both ways, and the only place that knows who a subject is."""
