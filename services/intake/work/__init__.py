"""What waits for the people of intake?"""
