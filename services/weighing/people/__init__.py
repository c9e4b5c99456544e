"""Who of a partner does follow-ups, as far as the house knows?"""
