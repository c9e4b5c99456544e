"""Whether the criteria that the team found met are enough for a case meeting."""
