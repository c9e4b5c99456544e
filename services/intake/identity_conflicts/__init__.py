"""Whom is a referral about whose number belongs to somebody else, by all that is known?"""
