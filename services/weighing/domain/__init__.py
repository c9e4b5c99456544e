"""The rules of the briefing: what is on its agenda, what must be asked before it, what a decision must have."""
