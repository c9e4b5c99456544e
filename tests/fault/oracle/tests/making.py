"""A world in the making: what happened is added thing by thing, and becomes what witness and stores hold."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid5

from tests.fault.oracle.ledger import MOVES
from tests.fault.oracle.rows import Aftercare, Balance, Entry, Event, Intake, Meetings, Numbers, Reporting, Weighing
from tests.fault.oracle.stores import Stores
from tests.fault.oracle.witness import Deed, Heard, Witness

HOUSE, YEAR = "hollands-midden", 1987
SERVICES = ("intake", "weighing", "meetings", "aftercare", "reporting")
NUMBERED_BEFORE = 40
PLACES = {"contribution": "Gouda", "unassigned": None, "available": "help"}
"""What an account of this kind is of, in a world with one municipality and one line; others are of a commitment."""


@dataclass(frozen=True)
class World:
    """The two sides that the oracle compares."""

    witness: Witness
    stores: Stores


@dataclass
class Making:
    """Each method adds what one thing that happens leaves behind."""

    year: int
    parts: dict[str, list[Any]] = field(default_factory=dict)
    numbers: Counter[str] = field(default_factory=Counter)
    balances: dict[tuple[str, str | None], Decimal] = field(default_factory=lambda: defaultdict(Decimal))
    made: int = 0

    def new_id(self) -> str:
        self.made += 1
        return str(uuid5(UUID(int=self.year), str(self.made)))

    def add(self, part: str, *things: Any) -> None:
        self.parts.setdefault(part, []).extend(things)

    def hear(self, user: str, type: str, case_id: str | None, **data: Any) -> None:
        self.numbers[user] += 1
        sequence = NUMBERED_BEFORE + self.numbers[user]
        self.add("heard", Heard(user=user, id=self.new_id(), type=type, case_id=case_id, sequence=sequence, data=data))

    def journal(self, type: str, case_id: str, correlation_id: str | None = None, **data: Any) -> None:
        position = 1000 * self.year + len(self.parts.get("journal", ()))
        self.add("journal", Event(position, self.new_id(), type, case_id, correlation_id or self.new_id(), data))

    def book(self, kind: str, amount: str, about: str | None = None) -> None:
        """Somebody books it."""
        entry_id = self._book(kind, amount, about)
        self.add("done", Deed(what="book", about=entry_id, kind=kind, amount=amount))

    def _book(self, kind: str, amount: str, about: str | None, *invoice: str) -> str:
        entry_id = self.new_id()
        invoiced_by, number = invoice or (None, None)
        self.add("entries", Entry(entry_id, kind, about, amount, "0.00", invoiced_by, number))
        self.journal("ledger-entries.booked.v1", about or entry_id, entryId=entry_id, kind=kind)
        for account, sign in zip(MOVES[kind], (-1, 1), strict=True):
            self.balances[account, PLACES.get(account) or about] += sign * Decimal(amount)
        return entry_id

    def finish(self) -> World:
        witness = Witness(
            house=HOUSE,
            year=self.year,
            sent=self._part("sent"),
            heard=self._part("heard"),
            done=self._part("done"),
            failed=(),
        )
        return World(witness, self._stores())

    def _stores(self) -> Stores:
        return Stores(
            intake=self._intake(),
            weighing=self._weighing(),
            meetings=self._meetings(),
            aftercare=self._aftercare(),
            reporting=self._reporting(),
            parked={service: self._part("parked") if service == "intake" else () for service in SERVICES},
            left={},
            traces=(),
            numbers={user: Numbers(NUMBERED_BEFORE, NUMBERED_BEFORE + count) for user, count in self.numbers.items()},
        )

    def _intake(self) -> Intake:
        alike = self._parts("calls", "told", "requests", "disclosures", "sealed", "links")
        known = {"referrals": self._part("intake.referrals"), "suspects": self._part("listed")}
        known["open_briefings"] = self._part("back")
        return Intake(strangers=(), unanswered=(), **known, **alike)

    def _weighing(self) -> Weighing:
        alike = self._parts("requests", "decisions", "taken_back", "suspects", "links")
        withdrawn = tuple(row.referral_id for row in self._part("sealed"))
        own = {"referrals": self._part("weighing.referrals"), "on_agenda": self._part("back")}
        return Weighing(withdrawn=withdrawn, **own, **alike)

    def _meetings(self) -> Meetings:
        alike = self._parts("table_cases", "brought", "sessions", "sessions_of", "action_plans", "suspects", "links")
        return Meetings(moments=(), late_information=self._part("late_information"), **alike)

    def _aftercare(self) -> Aftercare:
        balances = ((kind, of, f"{amount:.2f}") for (kind, of), amount in self.balances.items())
        return Aftercare(
            release_dates=self._part("aftercare.release_dates"),
            plans=self._detentions,
            table_cases=self._part("aftercare.table_cases"),
            balances=tuple(Balance(kind, of, amount, amount) for kind, of, amount in balances),
            **self._parts("detentions", "trajectories", "entries", "links"),
        )

    def _reporting(self) -> Reporting:
        return Reporting(
            referrals=self._part("reporting.referrals"),
            tablings=tuple(row.tabled for row in self._part("decisions")),
            table_cases=self._part("reporting.table_cases"),
            moments=(),
            detentions=self._detentions,
            release_dates=self._detentions,
            aftercare_plans=self._detentions,
            **self._parts("journal", "referred_again", "sessions", "action_plans", "links"),
        )

    @property
    def _detentions(self) -> tuple[str, ...]:
        return tuple(row.detention_id for row in self._part("detentions"))

    def _parts(self, *names: str) -> dict[str, Any]:
        """Those of which the store has the name."""
        return {name: self._part(name) for name in names}

    def _part(self, name: str) -> tuple[Any, ...]:
        return tuple(self.parts.get(name, ()))
