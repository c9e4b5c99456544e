"""The prosecutor is told by message that there is an advice, and on whom; its text is in meetings."""

from uuid import UUID, uuid4

from services.intake.tests.desk import Desk
from services.intake.tests.discussed.test_discussed import PIET, ask
from services.intake.tests.given import POLICE, PROSECUTOR

WRITTEN, SENT = "zsm-advices.written.v1", "zsm-advices.sent.v1"


def case_of(desk: Desk, subject_id: UUID) -> UUID:
    [(case_id,)] = desk.rows("SELECT case_id FROM subjects WHERE subject_id = %s", subject_id)
    return UUID(str(case_id))


def test_each_partner_that_gets_advices_is_told_on_whom_there_is_one_and_finds_the_newest(desk: Desk) -> None:
    piet = desk.notice(**PIET)
    older, newer = uuid4(), uuid4()
    for advice_id in (older, newer):
        desk.hear(WRITTEN, {"adviceId": str(advice_id), "writtenOn": "2015-06-01"}, case_id=case_of(desk, piet))
    told = [advice["adviceId"] for advice in desk.told(PROSECUTOR, SENT)]
    assert told == [str(older), str(newer)]
    subject = desk.told(PROSECUTOR, SENT)[0]["subject"]
    assert subject == PIET
    assert desk.told(POLICE, SENT) == []
    looks = desk.rows("SELECT disclosed_to, purpose FROM disclosures")
    assert looks == [("noord.om", "zsm_advice")] * 2
    assert ask(desk).advice_id == newer


def test_an_advice_on_somebody_who_was_forgotten_is_set_aside(desk: Desk) -> None:
    desk.hear(WRITTEN, {"adviceId": str(uuid4()), "writtenOn": "2015-06-01"}, case_id=uuid4())
    assert desk.rows("SELECT kind FROM parked") == [("rejected",)]
