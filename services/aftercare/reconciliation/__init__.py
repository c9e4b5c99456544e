"""Where the outflow list and our own detentions differ, and why."""
