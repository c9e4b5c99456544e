"""Intake officers merge two records of which all is done."""

from collections.abc import Callable
from threading import Lock

from replay.house import House
from replay.players.platform import Desk, Platform

EVERY = 3
"""Of so many people one is merged with another."""
Note = Callable[..., None]


class Officers:
    """note: what is told of each deed that was done."""

    def __init__(self, platform: Platform, house: House, note: Note) -> None:
        self._note = note
        self._desk = Desk(platform, house.house, "intake", "intake_officer")
        self._lock = Lock()
        self._waiting: list[str] = []

    def take_for_one(self, case_id: str) -> None:
        """Merge the person of this case with the one who was told before and waits for another."""
        subject_id = str(self._desk.get(f"/v1/cases/{case_id}")["subjectId"])
        with self._lock:
            if not self._waiting:
                self._waiting.append(subject_id)
                return
            other_id = self._waiting.pop()
        self._merge(other_id, subject_id)

    def _merge(self, subject_id: str, other_id: str) -> None:
        proposed = self._desk.post("/v1/matches", {"subjectId": subject_id, "otherId": other_id})
        decision = {"decision": "merge", "because": "proef"}
        self._desk.post(f"/v1/matches/{proposed['matchId']}/decisions", decision, proposed["version"])
        self._note("merge", subjectId=min(subject_id, other_id))
