"""100,000 parked messages, some of 64 KB: whatever is asked of them is answered soon and in little memory."""

from bench.parked import figures, filled
from shared.testing.databases import Databases

TIMES_LONGER = 10
"""A machine that runs other tests, and this one's databases, may take so many times 0.3 seconds."""


def test_lists_groups_commands_and_bulk_actions_have_bounds(databases: Databases) -> None:
    with filled(databases) as url:
        found = figures(url)
    assert {question: each.seconds for question, each in found.items() if each.seconds > 0.3 * TIMES_LONGER} == {}
    assert {question: each.memory for question, each in found.items() if each.memory > 20_000_000} == {}
    assert {question: each.answer for question, each in found.items() if each.answer > 200_000} == {}
