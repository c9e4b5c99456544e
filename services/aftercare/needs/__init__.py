"""Which life domains somebody needs help with, in the order of the house's profile."""
