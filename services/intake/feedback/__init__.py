"""What does a referrer hear of its referral?"""
