"""Which subjects are one person?"""
