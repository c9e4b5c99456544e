"""Funds: what comes in, what is promised and spent of it, and the books of it all."""

from typing import Any
from uuid import UUID, uuid4

from services.aftercare.dependencies import Unit
from services.aftercare.domain.ledger import Advance, Booked, Commitment, Entry, FundYearOf
from services.aftercare.handlers import funds as handlers
from services.aftercare.messages.funds import (
    AdvancePage,
    AdvancesWanted,
    AdvanceWanted,
    AllotmentWanted,
    AmountBooking,
    Booking,
    BudgetWanted,
    CommitmentPage,
    CommitmentsWanted,
    CommitmentWanted,
    ContributionWanted,
    EntriesWanted,
    EntryPage,
    EntryView,
    FundYearView,
)
from services.aftercare.storage import AftercareStore
from services.aftercare.views import funds as views
from shared.messaging.units import Units
from shared.web import Call
from shared.web.old_endpoint import command, endpoint

COORDINATOR = "aftercare_coordinator"
MANAGER = "chain_manager"
YEAR = "/v1/funds/<string:fund>/<int:year>"


class FundEndpoints:
    """Mixed into the service class. Money moves by commands with a key: sent again, they move nothing."""

    units: Units

    @endpoint("GET", YEAR, summary="How a year of a fund stands", roles={COORDINATOR, MANAGER}, gives=FundYearView())
    def fund_year(self, call: Call, fund: str, year: int) -> dict[str, Any]:
        with self.units.begin(call) as unit:
            funds = unit.profile(call.caller.house).funds
            return views.fund_year(FundYearOf(call.caller.house, fund, year), funds, unit.store)

    @command(
        "POST",
        f"{YEAR}/allotments",
        summary="Book what the fund allots, by the outflow of each municipality in the reference year",
        roles={MANAGER},
        takes=AllotmentWanted(),
        gives=EntryView(),
        status=201,
        keyed=True,
    )
    def allot(self, call: Call, unit: Unit, fund: str, year: int) -> dict[str, Any]:
        of, wanted = FundYearOf(call.caller.house, fund, year), call.body
        return _told(handlers.allot(of, wanted["outflow"], set(wanted["single"]), _booked(call), unit))

    @command(
        "POST",
        f"{YEAR}/budgets",
        summary="Assign money to a budget line",
        roles={MANAGER},
        takes=BudgetWanted(),
        gives=EntryView(),
        status=201,
        keyed=True,
    )
    def budget(self, call: Call, unit: Unit, fund: str, year: int) -> dict[str, Any]:
        of = FundYearOf(call.caller.house, fund, year)
        return _told(handlers.budget(of, call.body["line"], call.body["amount"], _booked(call), unit))

    @command(
        "POST",
        f"{YEAR}/contributions",
        summary="Book what a municipality brings in as co-financing",
        roles={MANAGER},
        takes=ContributionWanted(),
        gives=EntryView(),
        status=201,
        keyed=True,
    )
    def contribute(self, call: Call, unit: Unit, fund: str, year: int) -> dict[str, Any]:
        of = FundYearOf(call.caller.house, fund, year)
        return _told(handlers.contribute(of, call.body["municipality"], call.body["amount"], _booked(call), unit))

    @command(
        "POST",
        f"{YEAR}/closing",
        summary="Close a year, which then takes no entry any more",
        roles={MANAGER},
        takes=Booking(),
    )
    def close_year(self, call: Call, unit: Unit, fund: str, year: int) -> None:
        handlers.close(FundYearOf(call.caller.house, fund, year), _booked(call), unit)

    @command(
        "POST",
        f"{YEAR}/commitments",
        summary="Promise a provider a part of a budget line",
        roles={COORDINATOR},
        takes=CommitmentWanted(),
        gives=EntryView(),
        status=201,
        keyed=True,
    )
    def commit(self, call: Call, unit: Unit, fund: str, year: int) -> dict[str, Any]:
        names = ("line", "provider", "municipality", "assignment_id")
        promised = {name: call.body[name] for name in names}
        commitment = Commitment(commitment_id=uuid4(), **promised, needs=tuple(call.body["needs"]))
        of = FundYearOf(call.caller.house, fund, year)
        return _told(handlers.commit(of, commitment, call.body["amount"], _booked(call), unit))

    @command(
        "POST",
        f"{YEAR}/advances",
        summary="Lend somebody money, with the plan by which it is paid back",
        roles={COORDINATOR},
        takes=AdvanceWanted(),
        gives=EntryView(),
        status=201,
        keyed=True,
    )
    def lend(self, call: Call, unit: Unit, fund: str, year: int) -> dict[str, Any]:
        lent = {name: call.body[name] for name in ("line", "case_id", "municipality")}
        advance = Advance(advance_id=uuid4(), **lent, instalments=tuple(call.body["instalments"]))
        of = FundYearOf(call.caller.house, fund, year)
        return _told(handlers.advance(of, advance, call.body["amount"], _booked(call), unit))

    @endpoint(
        "GET",
        "/v1/commitments",
        summary="Commitments in the order in which they were made",
        roles={COORDINATOR, MANAGER},
        query=CommitmentsWanted(),
        gives=CommitmentPage(),
    )
    def commitments(self, call: Call) -> dict[str, Any]:
        call.require_house(call.query["house"])
        with self.units.read() as connection:
            return views.commitments(call.query, AftercareStore(connection))

    @command(
        "POST",
        "/v1/commitments/<uuid:commitment_id>/spendings",
        summary="Pay a part of what was promised",
        roles={COORDINATOR},
        takes=AmountBooking(),
        gives=EntryView(),
        status=201,
        keyed=True,
    )
    def spend(self, call: Call, unit: Unit, commitment_id: UUID) -> dict[str, Any]:
        return _told(handlers.spend(call.caller.house, commitment_id, call.body["amount"], _booked(call), unit))

    @command(
        "POST",
        "/v1/commitments/<uuid:commitment_id>/releases",
        summary="Give a part of what was promised back to the budget line",
        roles={COORDINATOR},
        takes=AmountBooking(),
        gives=EntryView(),
        status=201,
        keyed=True,
    )
    def release(self, call: Call, unit: Unit, commitment_id: UUID) -> dict[str, Any]:
        return _told(handlers.release(call.caller.house, commitment_id, call.body["amount"], _booked(call), unit))

    @endpoint(
        "GET",
        "/v1/advances",
        summary="Advances in the order in which they were lent, each with what is outstanding and overdue",
        roles={COORDINATOR, MANAGER},
        query=AdvancesWanted(),
        gives=AdvancePage(),
    )
    def advances(self, call: Call) -> dict[str, Any]:
        call.require_house(call.query["house"])
        with self.units.read() as connection:
            return views.advances(call.query, AftercareStore(connection))

    @command(
        "POST",
        "/v1/advances/<uuid:advance_id>/repayments",
        summary="Book what somebody paid back",
        roles={COORDINATOR},
        takes=AmountBooking(),
        gives=EntryView(),
        status=201,
        keyed=True,
    )
    def repay(self, call: Call, unit: Unit, advance_id: UUID) -> dict[str, Any]:
        return _told(handlers.repay(call.caller.house, advance_id, call.body["amount"], _booked(call), unit))

    @endpoint(
        "GET",
        "/v1/ledger-entries",
        summary="What was booked, in order: when, by whom and on which decision",
        roles={COORDINATOR, MANAGER},
        query=EntriesWanted(),
        gives=EntryPage(),
    )
    def ledger_entries(self, call: Call) -> dict[str, Any]:
        call.require_house(call.query["house"])
        with self.units.read() as connection:
            return views.entries(call.query, AftercareStore(connection))

    @command(
        "POST",
        "/v1/ledger-entries/<uuid:entry_id>/correction",
        summary="Undo an entry by a counter-entry",
        roles={MANAGER},
        takes=Booking(),
        gives=EntryView(),
        status=201,
        keyed=True,
    )
    def correct_entry(self, call: Call, unit: Unit, entry_id: UUID) -> dict[str, Any]:
        return _told(handlers.correct(call.caller.house, entry_id, _booked(call), unit))


def _booked(call: Call) -> Booked:
    return Booked(booked_on=call.body["booked_on"], booked_by=call.caller.name, decision=call.body["decision"])


def _told(entry: Entry) -> dict[str, Any]:
    booked = {name: getattr(entry.booked, name) for name in ("booked_on", "booked_by", "decision")}
    known = {name: getattr(entry, name) for name in ("entry_id", "kind", "about", "corrects")}
    return known | booked | {"postings": entry.postings}
