"""Which rows make an outflow list impossible."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from services.aftercare.outflows.rules import Outflow, wrong_rows

ROW = Outflow(
    outflow_id=UUID(int=90),
    row=1,
    partner="dji",
    case_id=UUID(int=2),
    municipality="Noordstad",
    institution="pi_noordstad",
    detained_on=date(2015, 3, 2),
    released_on=date(2015, 7, 1),
)


def test_a_row_that_can_not_be_is_told_with_its_number() -> None:
    wrong = wrong_rows(
        2015,
        [ROW, replace(ROW, row=7, released_on=date(2015, 3, 1)), replace(ROW, row=8, released_on=date(2016, 1, 1))],
    )
    assert [(each.field, str(each)) for each in wrong] == [
        ("list[6].released_on", "is released before being detained"),
        ("list[7].released_on", "is not released in the year of the list"),
    ]
