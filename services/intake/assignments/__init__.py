"""What is a provider to do, and about whom?"""
