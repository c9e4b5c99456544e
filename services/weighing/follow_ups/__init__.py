"""Who does what after a decision, until when, and what came of it?"""
