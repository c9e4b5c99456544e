"""What does a partner get again that it missed?"""
