"""What do partners report for aftercare to judge?"""
