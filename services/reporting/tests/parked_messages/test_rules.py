"""The groups of all services in pages."""

from datetime import UTC, datetime, timedelta

from services.reporting.parked_messages.rules import GroupAtService, page_of

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def group(minute: int) -> GroupAtService:
    return GroupAtService(
        service="intake",
        house="some-house",
        sender="some-house.halt",
        kind="rejected",
        reason=f"reason_{minute}",
        messages=3,
        newest_at=NOON + timedelta(minutes=minute),
        newest=minute,
    )


def test_the_newest_group_is_the_first_and_every_group_is_on_one_page() -> None:
    groups = [group(minute) for minute in (3, 1, 5, 2, 4)]
    pages = [page_of(groups, number, 2) for number in (1, 2, 3)]
    assert [[each.newest for each in page.groups] for page in pages] == [[5, 4], [3, 2], [1]]
    assert [page.next for page in pages] == [2, 3, None]


def test_there_is_nothing_after_the_last_page() -> None:
    assert page_of([group(1)], 2, 25) == ([], None)
    assert page_of([group(1), group(2)], 1, 2).next is None
