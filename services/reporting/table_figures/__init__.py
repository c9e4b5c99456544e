"""How do table cases end, how long do they take, and what is done at the tables?"""
