"""What waits for a process director?"""
