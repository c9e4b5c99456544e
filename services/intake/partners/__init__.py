"""What may a partner tell the house, and how is it answered?"""
