"""Who belongs with whom?"""
