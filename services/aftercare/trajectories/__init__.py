"""Who helps somebody with which needs, how far that came, and how it ended."""
