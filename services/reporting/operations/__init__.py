"""What comes in, goes out, waits and is parked in every service and queue?"""
