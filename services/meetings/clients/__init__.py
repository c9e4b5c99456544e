"""Does the client join the meeting?"""
