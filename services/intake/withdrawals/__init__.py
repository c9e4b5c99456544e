"""Which referrals did their sender withdraw?"""
