"""Rows that are lost, doubled, made up or wrong in one store."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from tests.fault.oracle.rows import Event, Moment
from tests.fault.oracle.tests.damage import STRANGE, Damage, instead, picked, rows_of, with_rows, without
from tests.fault.oracle.tests.making import World

PARTS = {
    "intake.referrals": "intake.referrals",
    "intake.calls": "intake.calls",
    "intake.told": "intake.feedback",
    "intake.requests": "intake.information_requests",
    "intake.disclosures": "intake.disclosures",
    "intake.suspects": "intake.listed_suspects",
    "intake.open_briefings": "intake.openings of briefings",
    "intake.sealed": "intake.referrals sealed",
    "weighing.withdrawn": "weighing.referrals withdrawn",
    "weighing.on_agenda": "weighing.referrals on the agenda",
    "weighing.suspects": "weighing.suspects",
    "meetings.suspects": "meetings.suspects",
    "meetings.late_information": "meetings.late_information",
    "weighing.referrals": "weighing.referrals",
    "weighing.requests": "intake.information_requests",
    "weighing.decisions": "weighing.decisions",
    "weighing.taken_back": "weighing.decisions_taken_back",
    "meetings.table_cases": "meetings.table_cases",
    "meetings.brought": "meetings.table_case_referrals",
    "meetings.sessions": "reporting.session",
    "meetings.sessions_of": "meetings.session_cases",
    "meetings.action_plans": "meetings.action_plans",
    "aftercare.detentions": "aftercare.detentions",
    "aftercare.release_dates": "aftercare.release_dates",
    "aftercare.plans": "aftercare.plans",
    "aftercare.table_cases": "aftercare.table_cases",
    "aftercare.trajectories": "aftercare.trajectories",
    "aftercare.entries": "reporting.journal ledger-entries.booked",
    "intake.links": "intake.aliases",
    "weighing.links": "weighing.aliases",
    "meetings.links": "meetings.aliases",
    "aftercare.links": "aftercare.aliases",
    "reporting.links": "reporting.aliases",
    "reporting.referrals": "reporting.referral",
    "reporting.tablings": "reporting.tabling",
    "reporting.table_cases": "reporting.table_case",
    "reporting.referred_again": "reporting.referred_again",
    "reporting.sessions": "reporting.session",
    "reporting.action_plans": "reporting.action_plan",
    "reporting.detentions": "reporting.detention",
    "reporting.release_dates": "reporting.detention release_on",
    "reporting.aftercare_plans": "reporting.aftercare_plan_of_day",
}
"""Each part of a store, and where the complaint says that something is wrong."""
EVENTS = (
    "referrals.registered",
    "detentions.registered",
    "referrals.weighed",
    "table-cases.opened",
    "table-cases.referred-again",
    "sessions.planned",
    "sessions.held",
    "action-plans.agreed",
    "table-cases.closed",
    "release-dates.changed",
    "aftercare-plans.made",
    "trajectories.started",
    "trajectories.ended",
    "ledger-entries.booked",
)
WRONG_VALUES = (
    ("intake.referrals", "weighed", None, "intake.referrals"),
    ("intake.referrals", "kind", "rumour", "intake.referrals"),
    ("intake.referrals", "case_id", STRANGE, "receipts"),
    ("intake.sealed", "sealed", None, "intake.sealings"),
    ("intake.requests", "answered", None, "intake.information_requests"),
    ("intake.disclosures", "disclosed_to", "hollands-midden.halt", "intake.disclosures"),
    ("weighing.referrals", "municipality", "Nergenshuizen", "sums"),
    ("weighing.referrals", "kind", "rumour", "sums"),
    ("weighing.requests", "answered", None, "weighing.information_requests answered"),
    ("weighing.requests", "referral_id", STRANGE, "weighing.information_requests"),
    ("weighing.decisions", "decision", "escalate", "weighing.decisions"),
    ("weighing.decisions", "opens_table", "elsewhere", "weighing.decisions"),
    ("meetings.table_cases", "at_table", "elsewhere", "meetings.table_cases"),
    ("meetings.table_cases", "closed", None, "meetings.table_cases closed"),
    ("meetings.table_cases", "referral_id", STRANGE, "meetings.table_cases"),
    ("aftercare.detentions", "referral_id", STRANGE, "aftercare.detentions"),
    ("aftercare.table_cases", "opened", None, "aftercare.table_cases"),
    ("aftercare.table_cases", "closed", None, "aftercare.table_cases"),
    ("aftercare.trajectories", "ended", None, "aftercare.trajectories ended"),
    ("aftercare.trajectories", "case_id", STRANGE, "reporting.journal trajectories.started"),
    ("aftercare.trajectories", "provider", "werkshop", "assignments heard"),
    ("aftercare.entries", "kind", "gift", "reporting.journal ledger-entries.booked"),
    ("aftercare.entries", "off", "0.01", "ledger: entry"),
    ("aftercare.balances", "balance", "7.00", "ledger:"),
    ("reporting.referrals", "municipality", "Nergenshuizen", "sums"),
    ("intake.links", "in_force", None, "intake.aliases"),
    ("intake.calls", "case_id", STRANGE, "intake.calls"),
    ("intake.told", "outcome", "impossible", "intake.feedback"),
    ("intake.told", "decision", "escalate", "intake.feedback"),
    ("weighing.taken_back", "decision", "escalate", "weighing.decisions_taken_back"),
    ("weighing.links", "in_force", None, "weighing.aliases"),
    ("reporting.links", "other_id", STRANGE, "reporting.aliases"),
    ("reporting.tablings", "decision", "escalate", "reporting.tabling"),
    ("reporting.table_cases", "opened", None, "reporting.table_case"),
    ("reporting.table_cases", "closed", None, "reporting.table_case"),
    ("reporting.sessions", "cases", 7, "reporting.session"),
)
"""Part, field, what stands there instead (None: the opposite), and what the complaint begins with."""


def damages() -> Iterator[Damage]:
    """All of them."""
    for part, where in PARTS.items():
        yield Damage(f"a row of {part} is lost", _lose(part), where)
        yield Damage(f"a row of {part} is there twice", _double(part), where)
        yield Damage(f"a row of {part} has no cause", _make_up(part), where)
    for type in EVENTS:
        where = f"reporting.journal {type}"
        yield Damage(f"an event {type} is lost", _lose("reporting.journal", f"{type}.v1"), where)
        yield Damage(f"an event {type} is there twice", _double("reporting.journal", f"{type}.v1"), where)
        yield Damage(f"an event {type} has no cause", _make_up("reporting.journal", f"{type}.v1"), where)
        yield Damage(f"an event {type} is of another case", _move(f"{type}.v1"), where)
    for part, name, value, complaint in WRONG_VALUES:
        yield Damage(f"{name} is wrong in a row of {part}", _alter(part, name, value), complaint)
    for whose, part in ((False, "aftercare.entries"), (True, "aftercare.invoices")):
        yield Damage(f"another amount is booked in {part}", _of_entry(whose, amount="1.00"), part)
        yield Damage(f"a booking of {part} is of another kind", _of_entry(whose, kind="gift"), part)
    yield Damage("money appears on an account", _set_balance("7.00"), "sums: ledger")
    yield Damage("an account is overdrawn", _set_balance("-0.01", but="contribution"), "ledger:")
    yield Damage("a contribution is overdrawn", _set_balance("0.01", only="contribution"), "ledger:")
    yield Damage("nobody asks about a referral", _ask_nothing, "asked alike")
    yield Damage("what is asked is about no referral", _ask_about_nothing, "weighing.information_requests:")
    yield Damage("a detention is not in the sum", _lose("aftercare.detentions"), "sums: intake has")
    yield Damage("an event names another detention", _rename_detention, "reporting.journal detentions.registered")
    yield Damage("an event of another type", _other_type, "reporting.journal: monitoring-moments.answered.v1")
    for part, where in (("meetings", "meetings.monitoring_moments"), ("reporting", "reporting.answered_moment")):
        yield Damage(f"nobody answered what {part} has", _answer_moment(f"{part}.moments"), where)
    yield Damage("a stranger is registered", _add("intake.strangers"), "intake.subjects without a referral")
    yield Damage("a BIJ question waits", _add("intake.unanswered"), "intake.bij_questions without an answer")
    yield Damage("a stranger is kept", _keep_stranger, "suspects: weighing.referrals")
    yield Damage("two people share a case", _share_case, "shared case")
    yield Damage("a person has two cases", _split_case, "split case")


def _candidates(world: World, part: str, type: str | None) -> list[Any]:
    return [row for row in rows_of(world, part) if type is None or row.type == type]


def _lose(part: str, type: str | None = None) -> Callable[[World, int], World]:
    def do(world: World, pick: int) -> World:
        row = picked(_candidates(world, part, type), pick)
        return with_rows(world, part, lambda rows: without(rows, row))

    return do


def _double(part: str, type: str | None = None) -> Callable[[World, int], World]:
    def do(world: World, pick: int) -> World:
        row = picked(_candidates(world, part, type), pick)
        return with_rows(world, part, lambda rows: (*rows, row))

    return do


def _make_up(part: str, type: str | None = None) -> Callable[[World, int], World]:
    """Like one that is there, but of something that is nowhere else."""

    def do(world: World, pick: int) -> World:
        row = picked(_candidates(world, part, type), pick)
        return with_rows(world, part, lambda rows: (*rows, _strange(row)))

    return do


def _strange(row: Any) -> Any:
    match row:
        case str():
            return STRANGE
        case Event():
            ids = {name: STRANGE if name.endswith("Id") else value for name, value in row.data.items()}
            return row._replace(event_id=STRANGE, correlation_id=STRANGE, data=ids)
        case _:
            ids = {name: STRANGE for name in row._fields if name.endswith("_id")}
            return row._replace(**ids)


def _move(type: str) -> Callable[[World, int], World]:
    return _altered("reporting.journal", type, lambda row: row._replace(case_id=STRANGE))


def _alter(part: str, name: str, value: Any) -> Callable[[World, int], World]:
    return _altered(part, None, lambda row: row._replace(**{name: not getattr(row, name) if value is None else value}))


def _altered(part: str, type: str | None, change: Callable[[Any], Any]) -> Callable[[World, int], World]:
    def do(world: World, pick: int) -> World:
        row = picked(_candidates(world, part, type), pick)
        return with_rows(world, part, lambda rows: instead(rows, row, change(row)))

    return do


def _of_entry(invoiced: bool, **changes: str) -> Callable[[World, int], World]:
    def do(world: World, pick: int) -> World:
        entries = [row for row in rows_of(world, "aftercare.entries") if (row.invoice is not None) == invoiced]
        row = picked(entries, pick)
        return with_rows(world, "aftercare.entries", lambda rows: instead(rows, row, row._replace(**changes)))

    return do


def _set_balance(amount: str, *, only: str | None = None, but: str | None = None) -> Callable[[World, int], World]:
    """As if it had come about by postings."""

    def do(world: World, pick: int) -> World:
        accounts = [row for row in rows_of(world, "aftercare.balances") if only in (None, row.kind) and row.kind != but]
        row = picked(accounts, pick)
        changed = row._replace(balance=amount, postings=amount)
        return with_rows(world, "aftercare.balances", lambda rows: instead(rows, row, changed))

    return do


def _ask_nothing(world: World, pick: int) -> World:
    """Of a municipality with more referrals than this one, or none could tell; and not of what was asked twice."""
    weighed = rows_of(world, "weighing.referrals")
    places = [row.municipality for row in weighed]
    several = {row.referral_id for row in weighed if places.count(row.municipality) > 2}
    requests = rows_of(world, "weighing.requests")
    about = [row.referral_id for row in requests]
    once = (row for row in requests if row.referral_id in several and about.count(row.referral_id) == 1)
    request = picked(once, pick)
    for part in ("weighing.requests", "intake.requests"):
        world = with_rows(world, part, lambda rows: without(rows, request))
    return world


def _ask_about_nothing(world: World, pick: int) -> World:
    request = picked(rows_of(world, "weighing.requests"), pick)
    for part in ("weighing.requests", "intake.requests"):
        world = with_rows(world, part, lambda rows: (*rows, request._replace(request_id=STRANGE, referral_id=STRANGE)))
    return world


def _rename_detention(world: World, pick: int) -> World:
    event = picked(_candidates(world, "reporting.journal", "detentions.registered.v1"), pick)
    renamed = event._replace(data={**event.data, "detentionId": STRANGE})
    return with_rows(world, "reporting.journal", lambda rows: instead(rows, event, renamed))


def _other_type(world: World, pick: int) -> World:
    event = picked(rows_of(world, "reporting.journal"), pick)
    other = event._replace(type="monitoring-moments.answered.v1", event_id=STRANGE)
    return with_rows(world, "reporting.journal", lambda rows: (*rows, other))


def _answer_moment(part: str) -> Callable[[World, int], World]:
    return lambda world, pick: with_rows(world, part, lambda rows: (*rows, Moment(STRANGE, "week_1")))


def _add(part: str) -> Callable[[World, int], World]:
    return lambda world, pick: with_rows(world, part, lambda rows: (STRANGE,))


def _keep_stranger(world: World, pick: int) -> World:
    return replace(world, stores=replace(world.stores, traces=("weighing.referrals",)))


def _share_case(world: World, pick: int) -> World:
    rows = rows_of(world, "intake.referrals")
    row = picked(rows, pick)
    other = picked((each for each in rows if each.case_id != row.case_id), pick)
    return with_rows(world, "intake.referrals", lambda rows: instead(rows, row, row._replace(case_id=other.case_id)))


def _split_case(world: World, pick: int) -> World:
    rows = rows_of(world, "intake.referrals")
    cases = [row.case_id for row in rows]
    row = picked((each for each in rows if cases.count(each.case_id) > 1), pick)
    return with_rows(world, "intake.referrals", lambda rows: instead(rows, row, row._replace(case_id=STRANGE)))
