"""A case that comes under treatment at a table, by the weighing team's decision."""
