"""Each information request stands in weighing and in intake, is heard once, and is answered where it was answered."""

from collections import Counter, defaultdict
from collections.abc import Iterator

from tests.fault.oracle.account import ANSWERS, DECIDED, PER_SERVICE, REQUESTS, Account
from tests.fault.oracle.comparing import differences


def information_requests(account: Account) -> Iterator[str]:
    """What weighing asks, and what became of it."""
    stores = account.stores
    asked, weighed = stores.weighing.requests, {row.referral_id for row in stores.weighing.referrals}
    yield from differences("intake.information_requests", asked, stores.intake.requests)
    strange = [row.request_id for row in asked if row.referral_id not in weighed]
    yield from differences("weighing.information_requests", (), strange)
    yield from differences(
        "weighing.information_requests answered",
        (sent.about for sent in account.right if sent.type in ANSWERS and sent.about),
        (row.request_id for row in asked if row.answered),
    )
    yield from _heard(account)
    yield from _decided(account)
    yield from _disclosures(account)
    yield from _asked_alike(account)


def _heard(account: Account) -> list[str]:
    sent = [heard for heard in account.first_heard if heard.type in REQUESTS]
    return differences(
        "information requests heard",
        (
            (account.user_of(row.partner), row.request_id, account.case_of.get(row.referral_id))
            for row in account.stores.weighing.requests
        ),
        ((heard.user, heard.data["requestId"], heard.case_id) for heard in sent),
    )


def _decided(account: Account) -> list[str]:
    """Who was asked service by service about a referral hears each decision and correction once."""
    referral_of = {row.request_id: row.referral_id for row in account.stores.weighing.requests}
    asked = defaultdict[str | None, set[str]](set)
    for heard in account.first_heard:
        if heard.type == PER_SERVICE:
            asked[referral_of.get(heard.data["requestId"])].add(heard.user)
    deeds = [*account.deeds("decide"), *account.deeds("correct")]
    return differences(
        "decisions heard",
        ((user, deed.about, deed.decision) for deed in deeds for user in asked[deed.about]),
        (
            (heard.user, referral_of.get(heard.data["requestId"]), heard.data["decision"])
            for heard in account.first_heard
            if heard.type == DECIDED
        ),
    )


def _disclosures(account: Account) -> list[str]:
    """Who a subject is, is told once for each request, and once for each assignment."""
    intake = account.stores.intake
    subject_of = {row.referral_id: row.subject_id for row in (*intake.referrals, *intake.calls)}
    subject_of |= {row.case_id: row.subject_id for row in intake.referrals}
    told = [(subject_of.get(row.referral_id), account.user_of(row.partner)) for row in intake.requests]
    for row in account.stores.aftercare.trajectories:
        told.append((subject_of.get(row.case_id), account.user_of(row.provider)))
    return differences("intake.disclosures", told, intake.disclosures)


def _asked_alike(account: Account) -> Iterator[str]:
    """About referrals from one municipality the same partners are asked, once each and once more for each time that the
    referral came back; which, the oracle doesn't know.
    """
    asked, alike = defaultdict[str, Counter[str]](Counter), defaultdict(list)
    for row in account.stores.weighing.requests:
        asked[row.referral_id][row.partner] += 1
    tablings = Counter(row.referral_id for row in account.stores.weighing.decisions)
    tablings += Counter(deed.about for deed in account.deeds("leave_undone"))
    for referral in account.stores.weighing.referrals:
        partners, times = asked[referral.referral_id], max(1, tablings[referral.referral_id])
        as_often = set(partners.values()) <= {times}
        once = tuple(sorted(partners if as_often else partners.elements()))
        alike[referral.municipality].append((referral.referral_id, once))
    for municipality, referrals in alike.items():
        [(most, _)] = Counter(partners for _, partners in referrals).most_common(1)
        yield from (
            f"asked alike: others are asked about {referral_id} than is usual for {municipality}"
            for referral_id, partners in referrals
            if partners != most
        )
