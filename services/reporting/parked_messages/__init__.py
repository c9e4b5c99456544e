"""Which messages stand parked in every service, and what does an operator do with one?"""
