"""Which referrals of a sealed theme are there, and what does the theme's role decide on them?"""
