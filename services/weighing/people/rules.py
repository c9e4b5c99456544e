"""The people of partners whom the house knows since they took a follow-up."""

from shared.rules import BrokenRule


class UnknownPerson(BrokenRule):
    field = "person"
    reason = "is nobody of this partner whom the house knows; whoever takes a follow-up is known from then on"
