"""On which days is a briefing held, and what became of it?"""
