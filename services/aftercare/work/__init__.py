"""What waits for the people who see to releases?"""
