"""When the subjects of table cases are released, as aftercare tells it."""
