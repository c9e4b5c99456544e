"""Weighing: the agenda of each briefing, the information asked for it, and the weighing team's decisions."""
