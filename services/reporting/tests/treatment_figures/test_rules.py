from services.reporting.tests.cases import HOUSE, YOUTH_HOUSE, table_case
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
    assert [{"municipality": row.municipality, **row.cases} for row in FIGURES.by_municipality] == [
        {"municipality": "Gouda", "briefing": 5, "aftercare": 0, "focus": 2, "total": 7},
        {"municipality": "Leiden", "briefing": 4, "aftercare": 1, "focus": 0, "total": 5},
        {"municipality": "Waddinxveen", "briefing": 0, "aftercare": 0, "focus": 0, "total": 0},
        {"municipality": "Buiten regio", "briefing": 1, "aftercare": 0, "focus": 0, "total": 1},
    ]


def test_the_totals_are_the_sums_of_the_municipalities() -> None:
    assert FIGURES.under_treatment == {"briefing": 10, "aftercare": 1, "focus_or_top60": 2, "total": 13}


def test_who_lives_elsewhere_belongs_to_no_sub_region() -> None:
    assert [{"sub_region": row.sub_region, **row.cases} for row in FIGURES.by_sub_region] == [
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
    assert figures.under_treatment["briefing"] == 1


def test_columns_and_totals_follow_the_figures_of_the_profile() -> None:
    cases = [table_case("youth_table", "Gouda"), table_case("top_x", "Gouda"), table_case("life", "Leiden")]
    figures = treatment_figures(YOUTH_HOUSE, TABLINGS, cases)
    assert list(figures.under_treatment.items()) == [
        ("briefing", 10),
        ("youth", 1),
        ("top_x", 1),
        ("life_course", 1),
        ("total", 13),
    ]
    gouda = figures.by_municipality[0].cases
    assert list(gouda.items()) == [("briefing", 5), ("young", 1), ("top_x", 1), ("life_course", 0), ("total", 7)]
    assert list(figures.by_sub_region[0].cases) == list(figures.percentage_from_municipalities) == list(gouda)
