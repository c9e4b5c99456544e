"""Which processes run, what do they say of themselves, and may one be restarted now?"""
