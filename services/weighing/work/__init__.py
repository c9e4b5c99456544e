"""What waits for the weighing team?"""
