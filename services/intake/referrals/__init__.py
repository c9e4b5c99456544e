"""What is brought to the house, and about whom?"""
