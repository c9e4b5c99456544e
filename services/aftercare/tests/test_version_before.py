"""Workers of the version before go on for minutes with the newer tables: nothing that they write fails or is lost."""

from typing import Any
from uuid import uuid4

import psycopg

from services.aftercare.tests.bookings import trajectory
from services.aftercare.tests.given import BOOKED, PLAN, YEAR, Detainee, euros, judgement, known_case
from shared.testing.service import RunningService

PLAN_ID = "00000000-0000-0000-0000-00000000000{}"
REPLACE = "UPDATE plans SET replaced_on = %(on)s WHERE detention_id = %(of)s AND replaced_on IS NULL"
ADD = "INSERT INTO plans (plan_id, house, detention_id, made_on) VALUES (%(plan)s, 'hollands-midden', %(of)s, %(on)s)"
ADD_DOMAIN = """INSERT INTO plan_domains (plan_id, life_domain, place, bottleneck) VALUES (%(plan)s, 'care', 1, 'no')"""
STANDING = "SELECT made_on::text FROM plans WHERE detention_id = %(of)s AND replaced_on IS NULL"

IN_YEAR = "'hollands-midden', 'van_der_staaij', 2015"
COMMIT = (
    f"""INSERT INTO commitments (house, fund, year, commitment_id, line, provider, municipality, assignment_id, needs)
        VALUES ({IN_YEAR}, %(of)s, 'trajectories', 'exodus', 'Gouda', %(assignment)s, '{{housing}}')""",
    f"""INSERT INTO accounts (house, fund, year, kind, line, about)
        VALUES ({IN_YEAR}, 'commitment', 'trajectories', %(of)s)""",
    f"""INSERT INTO entries (house, fund, year, entry_id, kind, about, booked_on, booked_by, decision)
        VALUES ({IN_YEAR}, %(of)s, 'commitment', %(of)s, '2015-03-04', 'coordinator', 'B-1')""",
    """INSERT INTO postings (entry_id, account_id, amount)
       SELECT %(of)s, account_id, CASE kind WHEN 'available' THEN -100 ELSE 100 END
       FROM accounts WHERE line = 'trajectories' AND kind IN ('available', 'commitment')""",
)
ADD_INVOICE = """INSERT INTO invoices (house, partner, number, entry_id)
                 VALUES ('hollands-midden', 'exodus', %(number)s, %(of)s)"""


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
    path = f"/v1/trajectories/{started['trajectoryId']}"
    assert aftercare.post(f"{path}/ending/withdrawal", {"because": "loopt nog"}, version=2).status == 201
    [ended] = [step for step in aftercare.get(path).body["steps"] if step["step"] == "ended"]
    assert (ended["takenOn"], ended["withdrawnBecause"]) == ("2015-04-01", "loopt nog")


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


def test_money_of_the_version_before_counts_in_the_account_and_its_invoice_once(aftercare: RunningService) -> None:
    assignment = trajectory(aftercare)
    for path, booked in (("contributions", {"municipality": "Gouda"}), ("budgets", {"line": "trajectories"})):
        assert aftercare.post(f"{YEAR}/{path}", BOOKED | booked | {"amount": euros("100")}, "manager").status == 201
    as_before(aftercare, *COMMIT, of=PLAN_ID.format(4), assignment=assignment)
    paid = aftercare.post(f"/v1/commitments/{PLAN_ID.format(4)}/spendings", BOOKED | {"amount": euros("60")})
    as_before(aftercare, ADD_INVOICE, number="F-1 ", of=paid.body["entryId"])
    [kind] = aftercare.get("/v1/accounts/van_der_staaij/2015", "manager").body["kinds"]
    assert (kind["kind"], kind["amount"]) == ("trajectory", euros("60.00"))
    invoice = {"assignmentId": assignment, "number": "f-1", "amount": euros("40"), "invoicedOn": "2015-06-30"}
    [problem] = judgement(aftercare, "invoices.received.v1", {"partner": "exodus"} | invoice, uuid4())
    assert problem["code"] == "invoiced_before"
