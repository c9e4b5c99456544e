"""How many cases were under treatment, at which meeting and from where?"""
