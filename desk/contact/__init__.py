"""Contact moments: write down a call, a mail or a visit, and sort it."""

from desk.contact.views import blueprint

__all__ = ["blueprint"]
