from typing import Any

from tests.fault.oracle.digest import digest

REPORT: dict[str, Any] = {"house": "a-house", "year": 1987, "decisions": {"focus": 2}, "tables": [{"sessions": 3}]}


def test_the_same_work_in_two_years_has_the_same_digest() -> None:
    assert digest(REPORT) == digest({**REPORT, "year": 1988})


def test_a_date_has_no_part_in_the_digest() -> None:
    assert digest({**REPORT, "until": "1987-12-31"}) == digest({**REPORT, "until": "1988-12-31"})


def test_any_other_figure_changes_the_digest() -> None:
    changes: list[dict[str, Any]] = [
        {"decisions": {"focus": 3}},
        {"tables": [{"sessions": 4}]},
        {"tables": []},
        {"house": "elsewhere"},
    ]
    assert len({digest(REPORT), *(digest({**REPORT, **change}) for change in changes)}) == 5


def test_the_order_of_fields_has_no_part_in_the_digest() -> None:
    assert digest(REPORT) == digest(dict(reversed(REPORT.items())))
