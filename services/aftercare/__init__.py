"""Aftercare: detentions with their release date, and the plan that everybody leaves with."""
