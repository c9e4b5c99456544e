"""Who sits at a briefing, from which item to which, and is that enough to decide?"""
