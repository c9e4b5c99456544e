"""What may a municipality, outside the house, know of a year?"""
