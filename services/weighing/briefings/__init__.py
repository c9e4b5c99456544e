"""Which briefings come, what becomes of them, and which were held?"""
