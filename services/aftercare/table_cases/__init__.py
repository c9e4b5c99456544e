"""Who is at the aftercare table, as meetings tells it."""
