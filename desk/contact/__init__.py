"""Contact moments: write down a call, a mail or a visit, and sort it; withdraw a referral for who sent it."""

from desk.contact import pre_sorting, withdrawal
from desk.contact.views import blueprint

__all__ = ["blueprint", "pre_sorting", "withdrawal"]
