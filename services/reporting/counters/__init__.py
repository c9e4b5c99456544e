"""How do counters go on when their process restarts, and how old can a queue's oldest message be?"""
