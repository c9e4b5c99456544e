"""What comes in another order than it should."""

from collections.abc import Callable, Iterable, Iterator
from itertools import combinations

from tests.fault.oracle.rows import Event
from tests.fault.oracle.tests.damage import Damage, picked, rows_of, swapped_in_journal, with_heard
from tests.fault.oracle.tests.making import World
from tests.fault.oracle.witness import Heard

ACCEPTED, FEEDBACK = "messages.accepted.v1", "feedback.given.v1"


def damages() -> Iterator[Damage]:
    """All of them."""
    for type in ("referrals.registered.v1", "detentions.registered.v1"):
        yield Damage(f"{type} of one person are swapped", _swap(type, type), f"order: journal {type}")
    for earlier, later in (
        ("referrals.weighed.v1", "referrals.weighed.v1"),
        ("action-plans.agreed.v1", "table-cases.closed.v1"),
        ("release-dates.changed.v1", "aftercare-plans.made.v1"),
    ):
        yield Damage(f"{earlier} and {later} of one case are swapped", _swap(earlier, later), "order: journal: ")
    for later in ("action-plans.agreed.v1", "table-cases.closed.v1", "table-cases.referred-again.v1"):
        yield Damage(f"{later} comes before the opening", _swap_of_table_case(later), "order: journal: ")
    yield Damage("receipts of one person are swapped", _swap_receipts, "order: receipts")
    yield Damage("feedback on one message is swapped", _swap_feedback, "order: feedback")


def _swap(earlier: str, later: str) -> Callable[[World, int], World]:
    return _swap_where(earlier, later, lambda one, other: one.case_id == other.case_id)


def _swap_of_table_case(later: str) -> Callable[[World, int], World]:
    def same(one: Event, other: Event) -> bool:
        return bool(one.data["tableCaseId"] == other.data["tableCaseId"])

    return _swap_where("table-cases.opened.v1", later, same)


def _swap_where(earlier: str, later: str, same: Callable[[Event, Event], bool]) -> Callable[[World, int], World]:
    def do(world: World, pick: int) -> World:
        pairs = combinations(rows_of(world, "reporting.journal"), 2)
        wanted = (pair for pair in pairs if (pair[0].type, pair[1].type) == (earlier, later) and same(*pair))
        return swapped_in_journal(world, *picked(wanted, pick))

    return do


def _swap_receipts(world: World, pick: int) -> World:
    """The first of each message: it decides, however often a receipt is repeated."""
    firsts: dict[str, Heard] = {}
    for heard in world.witness.heard:
        if heard.type == ACCEPTED and "referralId" in heard.data:
            firsts.setdefault(heard.data["messageId"], heard)
    pairs = combinations(firsts.values(), 2)
    return _swap_heard(world, pick, (pair for pair in pairs if pair[0].case_id == pair[1].case_id))


def _swap_feedback(world: World, pick: int) -> World:
    pairs = combinations((heard for heard in world.witness.heard if heard.type == FEEDBACK), 2)
    return _swap_heard(world, pick, (pair for pair in pairs if pair[0].data["messageId"] == pair[1].data["messageId"]))


def _swap_heard(world: World, pick: int, pairs: Iterable[tuple[Heard, Heard]]) -> World:
    one, other = picked(pairs, pick)
    swapped = {id(one): other, id(other): one}
    return with_heard(world, lambda heard: [swapped.get(id(each), each) for each in heard])
