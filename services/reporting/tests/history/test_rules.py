"""What counters say of a minute, and a period in pieces."""

from datetime import UTC, datetime, timedelta

from services.reporting.counters.rules import Reading, growth, remembered
from services.reporting.history.rules import (
    PartnerMinute,
    Period,
    Piece,
    ServiceMinute,
    Span,
    partners_in,
    rates,
    services_in,
)

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def test_a_figure_grows_in_every_process_and_a_process_that_began_again_counts_from_zero() -> None:
    before = {"a": Reading(1, {"taken": 10}), "b": Reading(1, {"taken": 7}), "gone": Reading(1, {"taken": 3})}
    now = {"a": Reading(2, {"taken": 15}), "b": Reading(2, {"taken": 2}), "new": Reading(2, {"taken": 4})}
    assert growth(before, now) == {"taken": 5 + 2 + 4}


def test_a_process_that_does_not_answer_for_a_while_is_not_counted_twice() -> None:
    before = {"a": Reading(1, {"taken": 10})}
    kept = remembered(before, {}, 2)
    assert growth(kept, {"a": Reading(3, {"taken": 11})}) == {"taken": 1}
    assert remembered(before, {}, 1 + 86_400) == {}


def test_messages_of_and_for_a_partner_are_those_of_its_queues() -> None:
    grown = {
        "taken by intake": 12.0,
        "taken from intake.from.some-house.ggd": 10.0,
        "refused from intake.from.some-house.ggd": 2.0,
        "taken from intake": 2.0,
        "published to partner.some-house.ggd.out": 4.0,
        "published to partner.some-house.dji.out": 1.0,
        "published to partner.some-house.dji.dead": 1.0,
        "taken from intake.from.some-house.halt": 0.0,
    }
    assert partners_in(grown) == [
        PartnerMinute(house="some-house", partner="dji", received=0, refused=0, sent=1),
        PartnerMinute(house="some-house", partner="ggd", received=10, refused=2, sent=4),
    ]
    assert services_in(grown, ["intake", "weighing"]) == [
        ServiceMinute(service="intake", taken=12, published=0),
        ServiceMinute(service="weighing", taken=0, published=0),
    ]


def test_a_piece_without_a_measurement_has_no_rate() -> None:
    period = Period.until(NOON, Span.HOUR)
    assert (period.begin, period.pieces) == (NOON - timedelta(hours=1), 60)
    pieces = [
        Piece(service="intake", piece=0, taken=120, seconds=60.0),
        Piece(service="weighing", piece=1, taken=9, seconds=60.0),
        Piece(service="intake", piece=59, taken=1, seconds=3.0),
    ]
    found = rates(pieces, "intake", period)
    assert (len(found), found[0], found[1], found[59]) == (60, 2.0, None, 0.33)
