"""What is somebody who asked something still to hear from the house, and what did the house answer?"""
