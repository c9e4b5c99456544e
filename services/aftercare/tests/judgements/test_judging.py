"""What partners send aftercare to judge, and what intake hears of it."""

from uuid import UUID, uuid4

import pytest

from services.aftercare.tests.given import detention_registered, judgement
from shared.testing.service import RunningService
from shared.testing.waiting import wait_until

DETAINED_ON, RELEASE_ON = "2015-03-02", "2015-08-01"


@pytest.fixture
def case_id(aftercare: RunningService) -> UUID:
    """Somebody detained on DETAINED_ON."""
    case_id = uuid4()
    aftercare.send("intake", "detentions.registered.v1", detention_registered(), case_id=case_id)
    return case_id


def problems(service: RunningService, case_id: UUID | None, **differently: str) -> list[dict[str, str]]:
    """Those of a partner's message about a release date."""
    usual = {"detainedOn": DETAINED_ON, "releaseOn": RELEASE_ON, "reportedOn": "2015-05-04"}
    return judgement(service, "release-dates.reported.v1", usual | differently, case_id)


def test_a_partners_release_date_counts_with_the_partner_as_its_source(
    case_id: UUID, aftercare: RunningService
) -> None:
    assert problems(aftercare, case_id) == []
    [detention] = aftercare.get("/v1/detentions", caseId=str(case_id)).body["items"]
    assert detention["releaseDate"] == {"releaseOn": RELEASE_ON, "source": "dji", "changedOn": "2015-05-04"}
    [changed] = aftercare.announced("release-dates.changed.v1")
    assert changed["subject"] == str(case_id)


@pytest.mark.parametrize(
    ("differently", "problem"),
    [
        (
            {"detainedOn": "2015-03-03"},
            {
                "field": "data.detainedOn",
                "reason": "no detention of this person began on that day",
                "code": "unknown_detention",
            },
        ),
        (
            {"releaseOn": "2015-03-01"},
            {
                "field": "data.releaseOn",
                "reason": "is before the detention began",
                "code": "before_detention",
            },
        ),
    ],
)
def test_one_that_breaks_a_rule_is_refused_with_the_field_and_neither_takes_effect_nor_is_parked(
    differently: dict[str, str], problem: dict[str, str], case_id: UUID, aftercare: RunningService
) -> None:
    assert problems(aftercare, case_id, **differently) == [problem]
    assert aftercare.announced("release-dates.changed.v1") == []
    assert aftercare.parked() == []


def test_nobody_is_detained_who_is_not_known(aftercare: RunningService) -> None:
    [problem] = problems(aftercare, None)
    assert problem["field"] == "data.detainedOn"


def test_what_can_not_be_read_is_parked_and_not_judged(case_id: UUID, aftercare: RunningService) -> None:
    aftercare.send("intake", "release-dates.reported.v1", {"partner": "dji"}, case_id=case_id)
    assert wait_until(lambda: len(aftercare.parked()) == 1, 10)
    assert aftercare.announced("submissions.judged.v1") == []
