"""What a provider is told to do, on a real database."""

from services.intake.tests.assigned import given_assignment
from services.intake.tests.desk import Desk
from services.intake.tests.given import POLICE, PROVIDER


def test_a_provider_hears_what_to_do_and_about_whom_no_more_than_that_needs(desk: Desk) -> None:
    assignment_id = given_assignment(desk)
    assert desk.told(PROVIDER, "assignments.sent.v1") == [
        {
            "assignmentId": assignment_id,
            "kind": "trajectory",
            "trajectoryKind": "guidance",
            "needs": ["housing"],
            "startsOn": "2015-06-15",
            "subject": {
                "familyName": "Jansen",
                "givenNames": "Piet",
                "birthDate": "1990-02-03",
                "municipality": "Dorp",
            },
        }
    ]
    assert desk.rows("SELECT disclosed_to, purpose FROM disclosures") == [("noord.exodus", "trajectory")]


def test_a_partner_that_gets_no_assignments_is_told_nothing(desk: Desk) -> None:
    given_assignment(desk, partner="politie")
    assert desk.told(POLICE, "assignments.sent.v1") == []
    assert desk.parked() == [["partner"]]
