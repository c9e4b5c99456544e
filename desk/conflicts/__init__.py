"""Tegenstrijdige identiteit: whom is a referral about whose number belongs to somebody else?"""
