"""A day is watched: each thing that went wrong by then is raised once."""
