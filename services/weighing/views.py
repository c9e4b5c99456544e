"""What people look up: nothing here changes anything."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from functools import partial
from operator import attrgetter
from typing import Any
from uuid import UUID

from services.weighing import metrics
from services.weighing.domain.agenda import Referral
from services.weighing.domain.criteria import criteria_met
from services.weighing.domain.decisions import Weighed
from services.weighing.storage import WeighingStore, row_of
from shared.messaging.outcomes import NotFound, Problem
from shared.web.old_paging import check_cursor, page_of

Row = dict[str, Any]


def agenda(wanted: Mapping[str, Any], store: WeighingStore) -> Row:
    """A page of the agenda of one briefing. Raises Rejected when the cursor is no referral of this house."""
    house, after = wanted["house"], wanted["cursor"]
    check_cursor(after, partial(store.referral, house))
    limit = wanted["limit"]
    found = store.agenda(house, sub_region=wanted["sub_region"], on=wanted["on"], after=after, limit=limit + 1)
    page = page_of(found, limit, attrgetter("referral_id"))
    return page | {"items": _in_detail(house, page["items"], store)}


def referral(house: str, referral_id: UUID, store: WeighingStore) -> Row:
    """One referral with its history. Raises NotFound."""
    found = store.referral(house, referral_id)
    if found is None:
        raise NotFound(Problem("referralId", "is not a referral of this house"))
    return _in_detail(house, [found], store)[0]


def briefings(wanted: Mapping[str, Any], store: WeighingStore) -> Row:
    """For which briefings referrals wait, the earliest first."""
    return {"items": store.briefings(wanted["house"], wanted["sub_region"])}


def decided(referral_id: UUID, weighed: Weighed) -> Row:
    """A decision as its caller gets it."""
    return _decided(row_of(weighed) | {"referral_id": referral_id})


def decided_together(weighed: Mapping[UUID, Weighed]) -> Row:
    """The decisions of a briefing, in the order in which they were given."""
    return {"items": [decided(referral_id, each) for referral_id, each in weighed.items()]}


def count_waiting(store: WeighingStore) -> None:
    """Bring the gauge up to date; a sub-region with nothing on its agenda leaves it."""
    rows = store.waiting()
    metrics.AGENDA_WAITING.clear()
    for row in rows:
        metrics.AGENDA_WAITING.labels(row["house"], row["sub_region"]).set(row["waiting"])


def _in_detail(house: str, referrals: Sequence[Referral], store: WeighingStore) -> list[Row]:
    requests = _grouped("referral_id", store.information_requests([each.referral_id for each in referrals]))
    decisions = _grouped("subject_id", store.decisions(house, {each.subject_id for each in referrals}))
    return [
        asdict(each)
        | {
            "information_requests": requests[each.referral_id],
            "earlier_decisions": [_decided(row) for row in decisions[each.subject_id]],
        }
        for each in referrals
    ]


def _decided(row: Row) -> Row:
    return row | {"comes_back_on": row["back_on"], "criteria_met": criteria_met(row["criteria"])}


def _grouped(key: str, rows: Iterable[Row]) -> defaultdict[UUID, list[Row]]:
    groups: defaultdict[UUID, list[Row]] = defaultdict(list)
    for row in rows:
        groups[row[key]].append(row)
    return groups
