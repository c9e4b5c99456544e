"""What aftercare does for somebody in detention: a trajectory with its money, from the commitment to the invoice."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from replay.house import House
from replay.players.letters import letter
from replay.players.platform import Desk, Platform
from replay.script import Referral
from tests.fault.oracle.account import INVOICE, PROGRESS
from tests.fault.oracle.witness import ABOVE_COMMITMENT
from tests.fault.traffic.cast import ADVANCES, FUND, LINE
from tests.fault.traffic.post import Post

PROVIDER, MUNICIPALITY = "exodus", "Gouda"
RELEASED_AFTER, NEXT_AFTER, LASTS = timedelta(days=30), timedelta(days=10), timedelta(days=5)
"""A person's next trajectory begins when the one before is over."""
Note = Callable[..., None]


class Helpers:
    """The chain manager, the coordinator and a provider. note: what is told of each deed that was done."""

    def __init__(self, platform: Platform, house: House, post: Post, note: Note) -> None:
        self._house = house
        self._post = post
        self._note = note
        self._manager = Desk(platform, house.house, "aftercare", "chain_manager")
        self._coordinator = Desk(platform, house.house, "aftercare", "aftercare_coordinator")
        self._user = f"{house.house}.{PROVIDER}"

    def open_year(self, year: int) -> None:
        """Money comes in, and is for trajectories and advances."""
        day = date(year, 1, 2)
        self._book(self._manager, f"/v1/funds/{FUND}/{year}/contributions", day, "9000.00", municipality=MUNICIPALITY)
        for line, amount in ((LINE, "6000.00"), (ADVANCES, "3000.00")):
            self._book(self._manager, f"/v1/funds/{FUND}/{year}/budgets", day, amount, line=line)

    def help(self, referral: Referral, case_id: str) -> None:
        """Start a trajectory, see the provider report and invoice, and settle what is left; lend something besides."""
        starts_on = referral.received_on + RELEASED_AFTER + referral.number % 10 * NEXT_AFTER
        year = f"/v1/funds/{FUND}/{starts_on.year}"
        trajectory_id = self._start(case_id, starts_on)
        promised = {"line": LINE, "provider": PROVIDER, "municipality": MUNICIPALITY, "assignmentId": trajectory_id}
        commitment_id = self._book(self._coordinator, f"{year}/commitments", starts_on, "100.00", **promised)
        self._post.assignment(self._user, trajectory_id)
        ended_on = starts_on + LASTS
        self._invoice(trajectory_id, ended_on, "100.01", wrong=ABOVE_COMMITMENT)
        ended = {"on": ended_on.isoformat(), "step": "ended", "result": "completed"}
        self._report(PROGRESS, trajectory_id, ended_on, ended)
        self._invoice(trajectory_id, ended_on, "60.00")
        self._book(self._coordinator, f"/v1/commitments/{commitment_id}/releases", ended_on, "40.00")
        self._lend(year, case_id, ended_on)

    def _start(self, case_id: str, on: date) -> str:
        wanted = {
            "caseId": case_id,
            "municipality": MUNICIPALITY,
            "provider": PROVIDER,
            "kind": "guidance",
            "needs": ["housing"],
            "startsOn": on.isoformat(),
        }
        trajectory_id = str(self._coordinator.post("/v1/trajectories", wanted)["trajectoryId"])
        self._note("start_trajectory", trajectoryId=trajectory_id)
        return trajectory_id

    def _lend(self, year: str, case_id: str, on: date) -> None:
        plan = [{"dueOn": (on + timedelta(days=30 * nth)).isoformat(), "amount": _euros("25.00")} for nth in (1, 2)]
        lent = {"line": ADVANCES, "caseId": case_id, "municipality": MUNICIPALITY, "instalments": plan}
        advance_id = self._book(self._coordinator, f"{year}/advances", on, "50.00", **lent)
        self._book(self._coordinator, f"/v1/advances/{advance_id}/repayments", on, "20.00")
        self._book(self._manager, f"/v1/advances/{advance_id}/write-offs", on, "10.00", because="proef")

    def _book(self, desk: Desk, path: str, on: date, amount: str, **particulars: Any) -> str:
        """Gives the commitment or advance that the booking is about."""
        body = {"bookedOn": on.isoformat(), "decision": "proef", "amount": _euros(amount), **particulars}
        entry = desk.post(path, body)
        self._note("book", entryId=entry["entryId"], kind=entry["kind"], amount=amount)
        return str(entry["about"])

    def _invoice(self, trajectory_id: str, on: date, amount: str, wrong: str | None = None) -> None:
        invoice = {"number": trajectory_id, "amount": _euros(amount), "invoicedOn": on.isoformat()}
        self._report(INVOICE, trajectory_id, on, invoice, invoice=trajectory_id, amount=amount, wrong=wrong)

    def _report(self, type: str, trajectory_id: str, on: date, data: dict[str, Any], **known: Any) -> None:
        """Sent twice, as after a lost receipt."""
        message = letter(self._house, PROVIDER, type, on, {"reference": "p", "assignmentId": trajectory_id, **data})
        particulars = {"id": str(message.id), "type": type, "about": trajectory_id, "times": 2, **known}
        self._post.send(self._user, message.body, **particulars)
        self._post.send_again(self._user, message.body)
        self._post.answer(self._user, str(message.id))


def _euros(amount: str) -> dict[str, str]:
    return {"amount": amount, "currency": "EUR"}
