"""What do all figures have in common: a year, one moment, percentages, means, names on the wire?"""
