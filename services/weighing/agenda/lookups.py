"""What is on the table at a briefing, and what is known about each referral."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from operator import attrgetter
from typing import TypeVar
from uuid import UUID

from services.weighing import metrics
from services.weighing.access import SEE_CASE
from services.weighing.agenda.messages import (
    MOST_OF_A_CASE,
    AgendaQuery,
    ReferralInDetail,
    TabledReferral,
    WeighingCase,
)
from services.weighing.agenda.rules import on_table_next
from services.weighing.agenda.store import AgendaStore
from services.weighing.calendar.lookups import house_of
from services.weighing.decisions.messages import decision_view, taken_back_view
from services.weighing.decisions.store import DecisionStore
from services.weighing.decisions.tables import possible_decisions
from services.weighing.follow_ups.store import FollowUpStore
from services.weighing.guards.standing import guards_on
from services.weighing.house import House
from services.weighing.information_requests.messages import InformationRequestView, information_request_view
from services.weighing.information_requests.store import InformationRequestStore
from services.weighing.involvement.lookups import involvement
from services.weighing.marks.lookups import agenda_order
from services.weighing.referrals.rules import Referral, UnknownReferral
from services.weighing.referrals.store import ReferralStore
from shared.aliases.store import AliasStore
from shared.postgres import as_row
from shared.rules import UnknownCase
from shared.suspects.store import SuspectStore
from shared.unit import Lookup
from shared.web import Caller, Page, acts_for_house, check_cursor, page_of

T = TypeVar("T")


def agenda(house: str, query: AgendaQuery, lookup: Lookup[House]) -> Page[ReferralInDetail]:
    """A page of the agenda of one briefing. Raises Rejected if the cursor is no referral of this house."""
    check_cursor(query.cursor, partial(lookup.store(ReferralStore).referral, house))
    found = _in_order(house, query, lookup)
    before = next((place for place, each in enumerate(found, 1) if each.referral_id == query.cursor), 0)
    referrals, following = page_of(found[before:], query.limit, attrgetter("referral_id"))
    return Page(_in_detail(house, referrals, lookup), following)


def _in_order(house: str, query: AgendaQuery, lookup: Lookup[House]) -> list[Referral]:
    """All of the agenda: as it was fixed, then what was not on it yet, with the referral before the page."""
    store = lookup.store(AgendaStore)
    found, numbers = agenda_order(store.agenda(house, query), lookup), store.numbers(house, query)
    wanted = [each for each in found if query.municipality in (None, each.municipality)]
    return sorted(wanted, key=lambda referral: numbers.get(referral.referral_id, len(numbers) + 1))


def referral(house: str, referral_id: UUID, lookup: Lookup[House]) -> ReferralInDetail:
    """One referral with its history. Raises UnknownReferral."""
    found = lookup.store(ReferralStore).referral(house, referral_id)
    if not found:
        raise UnknownReferral
    return _in_detail(house, [found], lookup)[0]


def case(caller: Caller, case_id: UUID, lookup: Lookup[House]) -> WeighingCase:
    """All that weighing knows of a case, or what a partner may see of it. Raises UnknownCase."""
    if not acts_for_house(caller, SEE_CASE):
        return WeighingCase(case_id=case_id, involvement=involvement(caller, case_id, lookup))
    house = caller.house
    found = lookup.store(AgendaStore).referrals_of_case(house, case_id, MOST_OF_A_CASE)
    if not found:
        raise UnknownCase
    aliases, store = lookup.store(AliasStore), lookup.store(DecisionStore)
    subjects = aliases.all_of({referral.subject_id for referral in found})
    return WeighingCase(
        case_id=case_id,
        case_ids=aliases.group(case_id),
        referrals=tuple(_tabled(house, found, lookup)),
        decisions=tuple(decision_view(recorded) for _, recorded in store.decisions(house, subjects)),
        decisions_taken_back=tuple(taken_back_view(wrong) for _, wrong in store.taken_back(house, subjects)),
        follow_ups=tuple(lookup.store(FollowUpStore).follow_ups_about(house, subjects)),
    )


def count_waiting(lookup: Lookup[House]) -> None:
    """Bring the gauge up to date; a sub-region with nothing on its agenda leaves the gauge."""
    sub_regions = lookup.store(AgendaStore).waiting()
    metrics.AGENDA_WAITING.clear()
    for house, sub_region, waiting in sub_regions:
        metrics.AGENDA_WAITING.labels(house, sub_region).set(waiting)


def _in_detail(house: str, referrals: Sequence[Referral], lookup: Lookup[House]) -> list[ReferralInDetail]:
    aliases, store = lookup.store(AliasStore), lookup.store(DecisionStore)
    aliases.load({found.subject_id for found in referrals})
    subjects, person = aliases.all_of({found.subject_id for found in referrals}), aliases.person
    decisions = _grouped((person(id), decision_view(recorded)) for id, recorded in store.decisions(house, subjects))
    past = _grouped((person(id), taken_back_view(wrong)) for id, wrong in store.taken_back(house, subjects))
    agreed = lookup.store(FollowUpStore).follow_ups_about(house, subjects)
    follow_ups = _grouped((person(follow_up.subject_id), follow_up) for follow_up in agreed)
    return [
        ReferralInDetail(
            **as_row(tabled),
            earlier_decisions=tuple(decisions[person(tabled.subject_id)]),
            decisions_taken_back=tuple(past[person(tabled.subject_id)]),
            follow_ups=tuple(follow_ups[person(tabled.subject_id)]),
        )
        for tabled in _tabled(house, referrals, lookup)
    ]


def _tabled(house: str, referrals: Sequence[Referral], lookup: Lookup[House]) -> Iterator[TabledReferral]:
    asked = lookup.store(InformationRequestStore).information_requests([found.referral_id for found in referrals])
    requests = _grouped(
        (request.referral_id, information_request_view(request, lookup.profile(house))) for request in asked
    )
    guards = guards_on(referrals, asked, lookup)
    suspects = lookup.store(SuspectStore).suspects(house, [found.case_id for found in referrals], lookup.today)
    stated = lookup.store(ReferralStore).stated([found.referral_id for found in referrals])
    for found in referrals:
        tabled = _view(_shown(found, lookup), requests[found.referral_id], lookup.profile(house))
        yield replace(
            tabled,
            guards=guards[found.referral_id],
            suspect_since=suspects.get(found.case_id),
            stated=stated.get(found.referral_id),
        )


def _shown(found: Referral, lookup: Lookup[House]) -> Referral:
    """The referral with the briefing at which it is on the table next."""
    if found.table_on is None:
        return found
    house = house_of(found.house, lookup)
    return replace(found, table_on=on_table_next(found.sub_region, found.table_on, house, lookup.today))


def _grouped(pairs: Iterable[tuple[UUID, T]]) -> defaultdict[UUID, list[T]]:
    groups: defaultdict[UUID, list[T]] = defaultdict(list)
    for id, item in pairs:
        groups[id].append(item)
    return groups


def _view(referral: Referral, requests: Sequence[InformationRequestView], house: House) -> TabledReferral:
    return TabledReferral(
        referral_id=referral.referral_id,
        case_id=referral.case_id,
        subject_id=referral.subject_id,
        kind=referral.kind,
        referrer=referral.referrer,
        received_on=referral.received_on,
        municipality=referral.municipality,
        sub_region=referral.sub_region,
        age_class=referral.age_class,
        family=referral.family,
        tabling=referral.tabling,
        table_on=referral.table_on,
        possible_decisions=tuple(possible_decisions(referral, house)),
        information_requests=tuple(requests),
    )
