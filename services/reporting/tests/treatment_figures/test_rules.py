from dataclasses import asdict

from services.reporting.tests.cases import HOUSE, table_case
from services.reporting.treatment_figures.rules import treatment_figures
from services.reporting.weighing_figures.rules import TablingCount

TABLINGS = [
    TablingCount(municipality="Gouda", decision="focus", count=3),
    TablingCount(municipality="Gouda", decision="no_follow_up", count=2),
    TablingCount(municipality="Leiden", decision="aftercare", count=4),
    TablingCount(municipality="Buiten regio", decision="no_follow_up", count=1),
]
CASES = [
    table_case("focus", "Gouda"),
    table_case("top60", "Gouda"),
    table_case("aftercare", "Leiden"),
]
FIGURES = treatment_figures(HOUSE, TABLINGS, CASES)


def test_municipalities_stand_in_the_order_of_the_profile_and_residences_after_them() -> None:
    assert [asdict(row) for row in FIGURES.by_municipality] == [
        {"municipality": "Gouda", "briefing": 5, "aftercare": 0, "focus": 2, "total": 7},
        {"municipality": "Leiden", "briefing": 4, "aftercare": 1, "focus": 0, "total": 5},
        {"municipality": "Waddinxveen", "briefing": 0, "aftercare": 0, "focus": 0, "total": 0},
        {"municipality": "Buiten regio", "briefing": 1, "aftercare": 0, "focus": 0, "total": 1},
    ]


def test_the_totals_are_the_sums_of_the_municipalities() -> None:
    assert asdict(FIGURES.under_treatment) == {"briefing": 10, "aftercare": 1, "focus_or_top60": 2, "total": 13}


def test_who_lives_elsewhere_belongs_to_no_sub_region() -> None:
    assert [asdict(row) for row in FIGURES.by_sub_region] == [
        {"sub_region": "Midden", "briefing": 5, "aftercare": 0, "focus": 2, "total": 7},
        {"sub_region": "Rijn", "briefing": 4, "aftercare": 1, "focus": 0, "total": 5},
    ]


def test_the_share_of_the_municipalities_is_a_percentage() -> None:
    assert FIGURES.percentage_from_municipalities == {
        "briefing": 90.0,
        "aftercare": 100.0,
        "focus": 100.0,
        "total": 92.3,
    }


def test_a_share_of_nothing_is_no_number() -> None:
    assert treatment_figures(HOUSE, [], []).percentage_from_municipalities["briefing"] is None


def test_a_municipality_that_left_the_profile_is_not_lost() -> None:
    figures = treatment_figures(HOUSE, [TablingCount(municipality="Boskoop", decision="focus", count=1)], [])
    assert figures.by_municipality[-1].municipality == "Boskoop"
    assert figures.under_treatment.briefing == 1
