"""Who is forgotten on request?"""
