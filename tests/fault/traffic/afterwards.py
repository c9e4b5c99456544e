"""What is done after a decision: a partner knows more than it answered, and a follow-up of the decision is not done."""

from collections.abc import Callable
from threading import Lock

from replay.house import House
from replay.players.letters import Letter
from replay.players.platform import Desk, Platform, until

SUPPLEMENTED, UNDONE = 0, 4
OF_EACH = 12
"""Of so many people one has a single referral, which opens a table case, and one a bilateral referral."""
Note = Callable[..., None]


class Afterwards:
    """note: what is told of each deed that was done."""

    def __init__(self, platform: Platform, house: House, note: Note) -> None:
        self._note = note
        self._team = Desk(platform, house.house, "weighing", "weighing_team")
        self._director = Desk(platform, house.house, "meetings", "process_director")
        self._lock = Lock()
        self._answered: dict[str, Letter] = {}

    def note_answer(self, case_id: str, answer: Letter) -> None:
        """That a partner has answered what it was asked on a case."""
        with self._lock:
            self._answered[case_id] = answer

    def answer_on(self, case_id: str) -> Letter:
        """The answer on a case, once it is given."""
        return until(lambda: self._answered.get(case_id), "an answer to add to")

    def see_supplement(self, case_id: str, table_case_id: str) -> None:
        """Whoever holds the case hears that a partner knows more."""

        def attempt() -> bool | None:
            at_tables = self._director.get(f"/v1/cases/{case_id}")["tableCases"]
            return any(each["lateInformation"] for each in at_tables) or None

        until(attempt, "late information to reach a table")
        self._note("supplement", tableCaseId=table_case_id)

    def leave_undone(self, referral_id: str) -> None:
        """Report that one of the follow-ups of a decision was not done."""
        agreed = self._team.list("/v1/follow-ups")
        follow_up_id = next(each["followUpId"] for each in agreed if each["referralId"] == referral_id)
        self._team.post(f"/v1/follow-ups/{follow_up_id}/report", {"state": "not_done"})
        self._note("leave_undone", referralId=referral_id)
