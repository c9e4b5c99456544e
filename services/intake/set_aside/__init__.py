"""Which referral waits until a person has decided whom it is about?"""
