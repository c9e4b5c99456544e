"""What does the operators' page show of every service and queue?"""
