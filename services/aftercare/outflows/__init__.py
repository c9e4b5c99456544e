"""Whom the prison service says to have released in a year."""
