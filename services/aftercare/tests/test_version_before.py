"""Workers of the version before go on for minutes with the newer tables: nothing that they write fails or is lost."""

from typing import Any

import psycopg

from services.aftercare.tests.given import PLAN, Detainee, known_case
from shared.testing.service import RunningService

PLAN_ID = "00000000-0000-0000-0000-00000000000{}"
REPLACE = "UPDATE plans SET replaced_on = %(on)s WHERE detention_id = %(of)s AND replaced_on IS NULL"
ADD = "INSERT INTO plans (plan_id, house, detention_id, made_on) VALUES (%(plan)s, 'hollands-midden', %(of)s, %(on)s)"
ADD_DOMAIN = """INSERT INTO plan_domains (plan_id, life_domain, place, bottleneck) VALUES (%(plan)s, 'care', 1, 'no')"""
STANDING = "SELECT made_on::text FROM plans WHERE detention_id = %(of)s AND replaced_on IS NULL"


def as_before(aftercare: RunningService, *statements: str, **parameters: Any) -> list[Any]:
    """The rows that the last of the statements gives, if it gives any."""
    with psycopg.connect(aftercare.database.url) as connection:
        for statement in statements:
            rows = connection.execute(statement, parameters)
        return rows.fetchall() if rows.description else []


def test_each_version_sees_the_plan_that_the_other_made_last(detainee: Detainee, aftercare: RunningService) -> None:
    path = detainee.detained()
    of = path.rpartition("/")[2]
    as_before(aftercare, REPLACE, ADD, ADD_DOMAIN, plan=PLAN_ID.format(1), of=of, on="2015-05-01")
    as_before(aftercare, REPLACE, ADD, ADD_DOMAIN, plan=PLAN_ID.format(2), of=of, on="2015-05-11")
    seen = aftercare.get(path)
    assert (seen.body["plan"]["madeOn"], seen.headers["ETag"]) == ("2015-05-11", '"2"')
    assert aftercare.post(f"{path}/plan", PLAN, version=2).status == 201
    assert as_before(aftercare, STANDING, of=of) == [("2015-06-01",)]


def test_a_detention_of_the_version_before_has_its_notice(detainee: Detainee, aftercare: RunningService) -> None:
    first = detainee.detained()
    columns = "house, case_id, subject_id, municipality, institution, detained_on, own_aftercare, registered_on"
    add = f"INSERT INTO detentions (detention_id, {columns}) SELECT %(id)s, {columns} FROM detentions"
    as_before(aftercare, add, id=PLAN_ID.format(3))
    [notice] = aftercare.get(f"{first.rpartition('/')[0]}/{PLAN_ID.format(3)}").body["notices"]
    assert (notice["noticeId"], notice["detainedOn"]) == (PLAN_ID.format(3), "2015-03-02")


def test_an_end_of_the_version_before_can_be_withdrawn_and_stays(aftercare: RunningService) -> None:
    wanted = {"caseId": known_case(aftercare), "municipality": "Gouda", "provider": "leger-des-heils"}
    started = aftercare.post(
        "/v1/trajectories", wanted | {"kind": "work_training", "needs": ["housing"], "startsOn": "2015-03-02"}
    ).body
    end = "UPDATE trajectories SET version = 2, ended_on = '2015-04-01', result = 'completed'"
    as_before(aftercare, end)
    path = f"/v1/trajectories/{started['trajectoryId']}/ending/withdrawal"
    assert aftercare.post(path, {"because": "loopt nog"}, version=2).status == 201
    withdrawn = "SELECT ended_on::text, withdrawn_because FROM trajectory_ends"
    assert as_before(aftercare, withdrawn) == [("2015-04-01", "loopt nog")]


def test_a_report_and_a_stay_of_the_version_before_can_be_withdrawn_and_stay(
    detainee: Detainee, aftercare: RunningService
) -> None:
    path = detainee.detained()
    conversation = aftercare.post(
        f"{path}/conversations", {"provider": "leger-des-heils", "askedOn": "2015-05-06"}
    ).body
    wanted = {"caseId": known_case(aftercare), "transitionHouse": "gouda", "askedOn": "2015-01-02"}
    stay = aftercare.post("/v1/stays", wanted).body
    report = "UPDATE conversations SET held_on = '2015-05-12', needs = '{}', offered = false, outcome = 'geen'"
    as_before(aftercare, report, "UPDATE stays SET place = 1, began_on = '2015-02-01'")
    slip = {"because": "vergissing"}
    assert aftercare.post(f"/v1/conversations/{conversation['conversationId']}/report/withdrawal", slip).status == 201
    assert aftercare.post(f"/v1/stays/{stay['stayId']}/beginning/withdrawal", slip).status == 201
    [told] = aftercare.get(path).body["conversationReports"]
    assert (told["heldOn"], told["withdrawnBecause"]) == ("2015-05-12", "vergissing")
    steps = aftercare.get(f"/v1/stays/{stay['stayId']}").body["steps"]
    assert [(each["step"], each["withdrawnBecause"]) for each in steps] == [("asked", None), ("began", "vergissing")]
