"""What is in the management report of a house and a year?"""
