"""Who weighs, or follows what was agreed, hears whether somebody is detained now, also if nobody weighs the notice."""

from datetime import timedelta
from typing import Any

from services.aftercare.tests.given import Detainee
from shared.business_dates import today
from shared.testing.service import RunningService

PATH = "/v1/detained-now"
LATER = (today() + timedelta(days=90)).isoformat()
MISTAKE = {"on": "2015-03-10", "because": "vergissing"}


def detained(aftercare: RunningService, *people: Detainee, caller: str = "team") -> Any:
    answer = aftercare.post(PATH, {"caseIds": [str(person.case_id) for person in people]}, caller)
    assert answer.status == 200, answer.text
    return [(each["caseId"], each["registeredOn"]) for each in answer.body["items"]]


def test_who_is_detained_shows_until_the_release_and_whatever_nobody_weighs(aftercare: RunningService) -> None:
    [inside, own, released, unasked] = [Detainee(aftercare) for _ in range(4)]
    inside.detained(expectedReleaseOn=None)
    own.detained(municipality="Katwijk", ownAftercare=True, expectedReleaseOn=LATER)
    released.detained()
    unasked.detained(expectedReleaseOn=LATER)
    expected = sorted((str(person.case_id), "2015-03-03") for person in (inside, own))
    assert sorted(detained(aftercare, inside, own, released)) == expected


def test_a_withdrawn_detention_shows_no_more_unless_another_house_sees_to_it(aftercare: RunningService) -> None:
    [wrong, elsewhere] = [Detainee(aftercare) for _ in range(2)]
    for person, reason in ((wrong, "mistake"), (elsewhere, "other_house")):
        path = person.detained(expectedReleaseOn=LATER)
        assert aftercare.post(f"{path}/withdrawal", MISTAKE | {"reason": reason}).status in (200, 201)
    assert detained(aftercare, wrong, elsewhere) == [(str(elsewhere.case_id), "2015-03-03")]


def test_another_house_and_whoever_weighs_nothing_hear_of_nobody(aftercare: RunningService) -> None:
    somebody = Detainee(aftercare)
    somebody.detained(expectedReleaseOn=LATER)
    assert detained(aftercare, somebody, caller="elsewhere") == []
    assert aftercare.post(PATH, {"caseIds": [str(somebody.case_id)]}, "manager").status == 403
    assert aftercare.post(PATH, {"caseIds": []}, "team").wrong_fields == ["caseIds"]
