"""Who is spoken to in prison, by whom, and what came of it."""
