"""What is a partner asked about a subject, and what does it answer?"""
