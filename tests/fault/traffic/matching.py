"""Intake officers write down calls, and merge two records of which all is done; of every other pair wrongly."""

from collections.abc import Callable
from threading import Lock

from replay.house import House
from replay.players.officers import IntakeOfficers
from replay.players.platform import Desk, Platform
from replay.script import Referral

EVERY = 3
"""Of so many people one is merged with another."""
Note = Callable[..., None]


class Officers:
    """note: what is told of each deed that was done."""

    def __init__(self, platform: Platform, house: House, note: Note) -> None:
        self._note = note
        self._desk = Desk(platform, house.house, "intake", "intake_officer")
        self._officers = IntakeOfficers(platform, house)
        self._lock = Lock()
        self._waiting: list[str] = []
        self._pairs = 0

    def register(self, referral: Referral, case_id: str) -> str:
        """Write down a call about somebody who is known; gives the id of the referral that it is."""
        referral_id = self._officers.register(referral)
        self._note("call", referralId=referral_id, case=case_id)
        return referral_id

    def withdraw(self, referral_id: str) -> None:
        """As the sender said by phone."""
        self._officers.withdraw(referral_id)

    def tell(self, referral_id: str, decision: str) -> None:
        """Tell who called what was decided."""
        self._officers.tell({referral_id: decision})
        self._note("tell", referralId=referral_id, decision=decision)

    def take_for_one(self, case_id: str) -> None:
        """Merge the person of this case with the one who was told before and waits for another."""
        subject_id = str(self._desk.get(f"/v1/cases/{case_id}")["subjectId"])
        with self._lock:
            if not self._waiting:
                self._waiting.append(subject_id)
                return
            other_id = self._waiting.pop()
            self._pairs += 1
            wrongly = self._pairs % 2 == 0
        self._officers.merge(other_id, subject_id, wrongly=wrongly)
        self._note("separate" if wrongly else "merge", subjectId=min(subject_id, other_id))
