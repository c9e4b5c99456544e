"""What people were told is done, is done once in every store; and nothing is that nobody did.

The traffic closes a table case after the last decision on its subject, and holds one session of it, before its plan.
"""

from collections.abc import Iterator

from tests.fault.oracle.account import Account
from tests.fault.oracle.comparing import differences
from tests.fault.oracle.rows import Brought, Followed

AFTERCARE_TABLE = "aftercare"
TOLD_OF = {
    "referrals.registered.v1",
    "detentions.registered.v1",
    "referrals.weighed.v1",
    "table-cases.opened.v1",
    "table-cases.referred-again.v1",
    "sessions.planned.v1",
    "sessions.held.v1",
    "action-plans.agreed.v1",
    "table-cases.closed.v1",
    "release-dates.changed.v1",
    "aftercare-plans.made.v1",
    "trajectories.started.v1",
    "trajectories.ended.v1",
    "ledger-entries.booked.v1",
}
"""The types of which a rule knows the cause."""
DECISIONS = ("referrals.weighed.v1", "decisions.corrected.v1")
OVERDUE = "follow-ups.overdue.v1"


def deeds(account: Account) -> Iterator[str]:
    """Decisions, table cases with their sessions, plans and closings, release dates and aftercare plans."""
    yield from _decisions(account)
    yield from _table_cases(account)
    yield from _brought(account)
    yield from _sessions(account)
    yield from _plans(account)
    yield from _closings(account)
    yield from _release_dates(account)
    yield from _aftercare_plans(account)
    yield from _follow_ups(account)
    yield from _nothing_else(account)


def _decisions(account: Account) -> Iterator[str]:
    """A corrected decision was announced as it was recorded first, and counts as it is right."""
    done = [(deed.about, deed.tabling, deed.decision, deed.opens) for deed in account.deeds("decide")]
    right = {(deed.about, deed.tabling): deed.decision for deed in account.deeds("correct")}
    standing = [(*each[:2], right.get(each[:2], each[2]), each[3]) for each in done]
    wrong = [each[:3] for each in done if each[:2] in right]
    yield from differences("weighing.decisions", standing, account.stores.weighing.decisions)
    yield from differences("weighing.decisions_taken_back", wrong, account.stores.weighing.taken_back)
    yield from differences("reporting.tabling", (each[:3] for each in standing), account.stores.reporting.tablings)
    yield from differences(
        "reporting.journal referrals.weighed",
        ((account.case_of.get(each[0]), *each) for each in done),
        account.told("referrals.weighed.v1", "referralId", "tabling", "decision", "opensTable"),
    )


def _table_cases(account: Account) -> Iterator[str]:
    """A case comes to a table once, however many of its referrals are decided to go there."""
    stores, case_of = account.stores, account.case_of
    table_cases = stores.meetings.table_cases
    opening = [deed for deed in account.deeds("decide") if deed.opens]
    yield from differences(
        "meetings.table_cases",
        {(case_of.get(deed.about), deed.opens) for deed in opening},
        ((row.case_id, row.at_table) for row in table_cases),
    )
    yield from differences(
        "reporting.journal table-cases.opened",
        ((row.case_id, row.table_case_id, row.referral_id, row.at_table) for row in table_cases),
        account.told("table-cases.opened.v1", "tableCaseId", "referralId", "table"),
    )
    followed = [Followed(row.table_case_id, row.at_table, True, row.closed) for row in table_cases]
    yield from differences("reporting.table_case", followed, stores.reporting.table_cases)
    to_aftercare = [row._replace(at_table=None) for row in followed if row.at_table == AFTERCARE_TABLE]
    yield from differences("aftercare.table_cases", to_aftercare, stores.aftercare.table_cases)


def _brought(account: Account) -> Iterator[str]:
    """Each decision that opens a table stands with a table case: as its opener, or as referred again."""
    stores = account.stores
    table_of = {row.table_case_id: row.at_table for row in stores.meetings.table_cases}
    yield from differences(
        "meetings.table_case_referrals",
        ((deed.about, deed.opens) for deed in account.deeds("decide") if deed.opens),
        ((row.referral_id, table_of.get(row.table_case_id)) for row in stores.meetings.brought),
    )
    openers = {Brought(row.table_case_id, row.referral_id) for row in stores.meetings.table_cases}
    yield from (
        f"meetings.table_cases: {row.table_case_id} is without its opener"
        for row in openers - set(stores.meetings.brought)
    )
    again = [row for row in stores.meetings.brought if row not in openers]
    yield from differences("reporting.referred_again", again, stores.reporting.referred_again)
    yield from differences(
        "reporting.journal table-cases.referred-again",
        ((account.case_of.get(row.table_case_id), *row) for row in again),
        account.told("table-cases.referred-again.v1", "tableCaseId", "referralId"),
    )


def _sessions(account: Account) -> Iterator[str]:
    stores = account.stores
    planned = [deed.about for deed in account.deeds("agree_on_plan")]
    yield from differences("meetings.session_cases", planned, stores.meetings.sessions_of)
    for step in ("planned", "held"):
        events = account.events(f"sessions.{step}.v1")
        yield from differences(
            f"reporting.journal sessions.{step}",
            ((row.session_id, *row) for row in stores.meetings.sessions),
            ((event.case_id, event.data["sessionId"], len(event.data["tableCaseIds"])) for event in events),
        )
    yield from differences("reporting.session", stores.meetings.sessions, stores.reporting.sessions)


def _plans(account: Account) -> Iterator[str]:
    done = [deed.about for deed in account.deeds("agree_on_plan")]
    yield from differences("meetings.action_plans", done, account.stores.meetings.action_plans)
    yield from differences("reporting.action_plan", done, account.stores.reporting.action_plans)
    yield from _journal(account, "action-plans.agreed.v1", "tableCaseId", done)


def _closings(account: Account) -> Iterator[str]:
    done = [deed.about for deed in account.deeds("close")]
    closed = [row.table_case_id for row in account.stores.meetings.table_cases if row.closed]
    yield from differences("meetings.table_cases closed", done, closed)
    yield from _journal(account, "table-cases.closed.v1", "tableCaseId", done)


def _release_dates(account: Account) -> Iterator[str]:
    """A detention begins with the release date that its notice expects, if it does."""
    done = [deed.about for deed in account.deeds("change_release_date")]
    notices = [event.data for event in account.events("detentions.registered.v1")]
    expected = [notice["detentionId"] for notice in notices if notice.get("expectedReleaseOn")]
    yield from differences("aftercare.release_dates", [*expected, *done], account.stores.aftercare.release_dates)
    yield from differences("reporting.detention release_on", set(done), account.stores.reporting.release_dates)
    yield from _journal(account, "release-dates.changed.v1", "detentionId", done)


def _aftercare_plans(account: Account) -> Iterator[str]:
    done = [deed.about for deed in account.deeds("make_plan")]
    yield from differences("aftercare.plans", done, account.stores.aftercare.plans)
    yield from differences("reporting.aftercare_plan_of_day", done, account.stores.reporting.aftercare_plans)
    yield from _journal(account, "aftercare-plans.made.v1", "detentionId", done)


def _journal(account: Account, type: str, field: str, done: list[str]) -> list[str]:
    where = f"reporting.journal {type.removesuffix('.v1')}"
    return differences(where, ((account.case_of.get(about), about) for about in done), account.told(type, field))


def _follow_ups(account: Account) -> Iterator[str]:
    """What follows a decision is agreed on with that decision, and may be overdue: each is told once."""
    decided = {(deed.about, deed.tabling) for deed in account.deeds("decide")}
    decisions = [event.data for type in DECISIONS for event in account.events(type)]
    agreed = [
        each["followUpId"]
        for data in decisions
        if (data["referralId"], data["tabling"]) in decided
        for each in data.get("followUps", ())
    ]
    overdue = [event.data["followUpId"] for event in account.events(OVERDUE)]
    for told in (agreed, overdue):
        yield from differences("reporting.journal follow-ups", {*agreed} & {*told}, told)


def _nothing_else(account: Account) -> Iterator[str]:
    """Nobody in the traffic answers at a monitoring moment."""
    stores = account.stores
    yield from differences("meetings.monitoring_moments", (), stores.meetings.moments)
    yield from differences("reporting.answered_moment", (), stores.reporting.moments)
    others = [event for event in stores.reporting.journal if event.type not in TOLD_OF.union([OVERDUE])]
    yield from differences("reporting.journal", (), ((event.type, event.event_id) for event in others))
