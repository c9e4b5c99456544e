"""Who of a partner can be called, and when?"""
