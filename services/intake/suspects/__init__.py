"""Which people whom the house knows have a case at ZSM now?"""
