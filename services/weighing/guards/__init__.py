"""Whether another platform has a case, or is meant for it, before the house opens a table of its own."""
