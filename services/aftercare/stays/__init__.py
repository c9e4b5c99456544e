"""Who waits for a place in a transition house, who lives there, and who left."""
