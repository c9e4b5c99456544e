"""What was decided on referrals, about whom, and who referred them?"""
