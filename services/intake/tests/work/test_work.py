"""A referral that waits for an intake officer is work until the officer has decided."""

from datetime import date
from uuid import UUID

from services.intake.identity_conflicts.handlers import decide
from services.intake.identity_conflicts.messages import IdentityDecision
from services.intake.tests.desk import Desk
from services.intake.tests.given import DETENTION, NOTICE, PRISONS
from services.intake.work.lookups import identity_conflicts
from shared.testing.callers import token_caller
from shared.web import Caller
from shared.web.work import WorkItem

OFFICER = token_caller("officer", "noord", {"intake_officer"})
SOFIE = NOTICE["subject"] | {"familyName": "Anders", "givenNames": "Sofie", "birthDate": "2004-10-11", "sex": "woman"}


def work(desk: Desk, caller: Caller = OFFICER) -> list[WorkItem]:
    with desk.unit() as unit:
        return list(identity_conflicts(caller, unit))


def test_whom_a_referral_is_about_waits_for_the_officer_of_its_house(desk: Desk) -> None:
    desk.send()
    desk.send(DETENTION | {"subject": SOFIE}, PRISONS, type="detention-notices.submitted.v1")
    [(referral_id,)] = desk.rows("SELECT referral_id FROM set_aside")
    assert work(desk) == [WorkItem(kind="identity_conflict", object_id=str(referral_id), since=date(2015, 6, 1))]
    assert work(desk, token_caller("officer", "zuid", {"intake_officer"})) == []
    with desk.unit() as unit:
        decision = IdentityDecision(person="other", because="asked")
        decide("noord", UUID(str(referral_id)), decision, by="officer", unit=unit)
    assert work(desk) == []
