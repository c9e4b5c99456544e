"""Each right message took effect once in every store, and nothing else did."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from tests.fault.oracle.account import KINDS, Account
from tests.fault.oracle.comparing import differences, named
from tests.fault.oracle.rows import Event, Referral

DETENTION_NOTICE = "detention_notice"


def effects(account: Account) -> Iterator[str]:
    """Referrals and detentions, the cases that they are of, and their sums."""
    yield from _referrals(account)
    yield from _detentions(account)
    yield from _cases(account)
    yield from _sums(account)


def _referrals(account: Account) -> Iterator[str]:
    stores = account.stores
    yield from differences(
        "intake.referrals",
        ((sent.user, sent.id, KINDS[sent.type], _to_be(sent.weighed)) for sent in account.bringing),
        (
            (account.user_of(row.referrer), row.message_id, row.kind, _to_be(row.weighed))
            for row in stores.intake.referrals
        ),
    )
    yield from differences(
        "intake.calls",
        ((deed.about, deed.case, "current_referral", _to_be(True)) for deed in account.deeds("call")),
        ((row.referral_id, row.case_id, row.kind, _to_be(row.weighed)) for row in stores.intake.calls),
    )
    weighed = [(sent.id, row) for sent, row in account.registered if sent.weighed]
    weighed += [(None, row) for row in stores.intake.calls]
    referrals = [row.referral for _, row in weighed]
    yield from differences("weighing.referrals", referrals, stores.weighing.referrals)
    yield from differences("reporting.referral", referrals, stores.reporting.referrals)
    fields = ("referralId", "subjectId", "kind", "referrer", "municipality")
    events, calls = account.events("referrals.registered.v1"), {row.referral_id for row in stores.intake.calls}
    yield from differences(
        "reporting.journal referrals.registered",
        ((message, row.case_id, *row.referral) for message, row in weighed),
        ((_message(event, calls), event.case_id, *map(event.data.get, fields)) for event in events),
    )


def _message(event: Event, calls: set[str]) -> str | None:
    """That set it off; None of a call."""
    return None if event.data["referralId"] in calls else event.correlation_id


def _to_be(weighed: bool) -> str:
    return "to be weighed" if weighed else "not to be weighed"


def _detentions(account: Account) -> Iterator[str]:
    """The journal tells which notice a detention comes from; the stores must know the same detentions."""
    notices = [(sent, row, row.referral_id if sent.weighed else None) for sent, row in account.registered]
    notices = [notice for notice in notices if notice[1].kind == DETENTION_NOTICE]
    events = account.events("detentions.registered.v1")
    detentions = account.stores.aftercare.detentions
    yield from differences(
        "aftercare.detentions",
        ((row.case_id, referral_id) for _, row, referral_id in notices),
        ((row.case_id, row.referral_id) for row in detentions),
    )
    yield from differences(
        "reporting.journal detentions.registered",
        ((sent.id, row.case_id, referral_id) for sent, row, referral_id in notices),
        ((event.correlation_id, event.case_id, event.data.get("referralId")) for event in events),
    )
    ids = [row.detention_id for row in detentions]
    yield from differences(
        "reporting.journal detentions.registered", ids, (event.data["detentionId"] for event in events)
    )
    yield from differences("reporting.detention", ids, account.stores.reporting.detentions)


def _cases(account: Account) -> Iterator[str]:
    """A person has one case, and a case is one person's."""
    cases, people = defaultdict(set), defaultdict(set)
    for sent, row in account.registered:
        cases[sent.person].add(row.case_id)
        people[row.case_id].add(sent.person)
    yield from (
        f"split case: person {each} has several: {named(tuple(of))}" for each, of in cases.items() if len(of) > 1
    )
    yield from (
        f"shared case: {each} is of several people: {named(tuple(of))}" for each, of in people.items() if len(of) > 1
    )


def _sums(account: Account) -> Iterator[str]:
    stores = account.stores
    counts = {
        "intake": _count(row.referral for row in (*stores.intake.referrals, *stores.intake.calls) if row.weighed),
        "weighing": _count(stores.weighing.referrals),
        "reporting": _count(stores.reporting.referrals),
    }
    for place in sorted({place for count in counts.values() for place in count}):
        if len({count[place] for count in counts.values()}) > 1:
            sums = ", ".join(f"{store} {count[place]}" for store, count in counts.items())
            yield f"sums: of {named(place)} there are {sums}"
    notices = sum(row.kind == DETENTION_NOTICE for row in stores.intake.referrals)
    detentions = {"aftercare": len(stores.aftercare.detentions), "reporting": len(stores.reporting.detentions)}
    for store, count in detentions.items():
        if count != notices:
            yield f"sums: intake has {notices} detention notices, {store} {count} detentions"


def _count(referrals: Iterable[Referral]) -> Counter[tuple[str, str]]:
    return Counter((row.municipality, row.kind) for row in referrals)
