"""The people of partners whom the house knows since they took a follow-up, or said that they do."""

from shared.rules import BrokenRule


class UnknownPerson(BrokenRule):
    field = "person"
    reason = "is nobody of this partner whom the house knows: nobody who took a follow-up or says to do such"
