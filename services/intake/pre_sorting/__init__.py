"""Which referrals are weighed only if they are worrying, and what did a person say?"""
