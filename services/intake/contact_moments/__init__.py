"""What reached the house outside partners' messages, and what became of it?"""
