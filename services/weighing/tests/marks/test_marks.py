"""What is urgent, linked or settled beforehand is noted, and the agenda follows it."""

from typing import Any
from uuid import uuid4

from services.weighing.tests.briefing import BILATERAL, TUESDAY, Briefing
from shared.aliases.tests.merging import Merge
from shared.testing.service import Answer, RunningService
from shared.testing.waiting import wait_until

HERE = {"subRegion": "Holland Rijnland"}
WHY = "Jeugdbescherming is er al mee bezig."


def mark(weighing: RunningService, referral_id: str, caller: str = "team", **noted: Any) -> Answer:
    return weighing.post(f"/v1/referrals/{referral_id}/marks", noted, caller)


def marks(weighing: RunningService) -> dict[str, dict[str, Any]]:
    items = weighing.get("/v1/marks", **HERE, on=TUESDAY).body["items"]
    return {item["referralId"]: item for item in items}


def test_the_agenda_begins_with_what_is_urgent_and_ends_with_what_is_settled_beforehand(
    briefing: Briefing, weighing: RunningService
) -> None:
    subject_id = str(uuid4())
    first, settled, urgent = (briefing.on_agenda(receivedOn=f"2015-03-0{day}") for day in (1, 2, 5))
    before = briefing.on_agenda(receivedOn="2015-03-03", subjectId=subject_id)
    between = briefing.on_agenda(receivedOn="2015-03-04")
    again = briefing.on_agenda(receivedOn="2015-03-05", subjectId=subject_id)
    assert mark(weighing, urgent, urgent=True, linkedWith=[first]).status == 200
    assert mark(weighing, settled, settledBeforehand=WHY).body["settledBeforehand"] == WHY
    noted = marks(weighing)
    assert (noted[urgent]["urgent"], noted[urgent]["linkedWith"], noted[first]["linkedWith"]) == (
        True,
        [first],
        [urgent],
    )
    assert noted[before]["linkedWith"] == [again], "those of one subject are linked by themselves"
    assert noted[settled]["settledBeforehand"] == WHY
    assert briefing.agenda() == [urgent, first, before, again, between, settled]
    fixed = weighing.post(f"/v1/briefings/{TUESDAY}/preparation", HERE).body["items"]
    assert [item["referralId"] for item in fixed] == [urgent, first, before, again, between, settled]
    kept = weighing.as_service.execute("SELECT item_marks::text FROM item_marks").fetchall()
    assert "Jeugdbescherming" not in str(kept), "the reason is sealed"


def test_what_came_in_as_urgent_comes_first_until_somebody_notes_otherwise(
    briefing: Briefing, weighing: RunningService
) -> None:
    measure = {"kind": "area_ban", "startedOn": None, "endsOn": "2015-07-31"}
    stated = {
        "urgent": True,
        "consent": "no",
        "organisations": ["school"],
        "measures": [measure],
        "contributionIds": [str(uuid4())],
    }
    case_id, subject_id = uuid4(), str(uuid4())
    before = briefing.on_agenda(receivedOn="2015-03-04")
    urgent = briefing.on_agenda(case_id=case_id, subjectId=subject_id, stated=stated)
    assert briefing.agenda() == [urgent, before]
    assert (marks(weighing)[urgent]["urgent"], before in marks(weighing)) == (True, False)
    assert weighing.get(f"/v1/referrals/{urgent}").body["stated"] == stated
    assert weighing.get(f"/v1/referrals/{before}").body["stated"] is None
    corrected = {"referralId": urgent, "stated": {"urgent": True, "consent": "yes"}}
    briefing.send("referrals.corrected.v1", corrected, case_id=case_id)
    assert wait_until(lambda: weighing.get(f"/v1/referrals/{urgent}").body["stated"]["consent"] == "yes", 10)
    mark(weighing, urgent)
    assert (briefing.agenda(), urgent in marks(weighing)) == ([before, urgent], False)
    briefing.send("subjects.forgotten.v1", {"subjectId": subject_id, "forgottenOn": TUESDAY}, case_id=case_id)
    assert wait_until(lambda: weighing.get(f"/v1/referrals/{urgent}").body["stated"] is None, 10)


def test_referrals_on_merged_records_are_linked_and_stand_together_on_the_agenda(
    briefing: Briefing, weighing: RunningService
) -> None:
    records = [(uuid4(), uuid4()), (uuid4(), uuid4())]
    (subject, case), (other, other_case) = records
    before = briefing.on_agenda(receivedOn="2015-03-03", subjectId=str(subject), case_id=case)
    between = briefing.on_agenda(receivedOn="2015-03-04")
    again = briefing.on_agenda(receivedOn="2015-03-05", subjectId=str(other), case_id=other_case)
    Merge(weighing, records[0], records[1]).begin()
    noted = marks(weighing)
    assert (noted[before]["linkedWith"], noted[again]["linkedWith"]) == ([again], [before])
    assert briefing.agenda() == [before, again, between]
    fixed = weighing.post(f"/v1/briefings/{TUESDAY}/preparation", HERE).body["items"]
    assert [item["referralId"] for item in fixed] == [before, again, between]


def test_referrals_on_a_family_and_its_members_are_linked_until_the_relation_ends(
    briefing: Briefing, weighing: RunningService
) -> None:
    family, mother, son = (str(uuid4()) for _ in range(3))
    relation_ids = [str(uuid4()), str(uuid4())]
    for relation_id, member in zip(relation_ids, (mother, son), strict=True):
        relation(weighing, relation_id, subjectId=member, otherId=family)
    one, other = (briefing.on_agenda(subjectId=member, receivedOn="2015-03-03") for member in (mother, son))
    briefing.on_agenda()
    noted = marks(weighing)
    assert (noted[one]["linkedWith"], noted[other]["linkedWith"]) == ([other], [one]), (
        "by their family, which waits not"
    )
    whole = briefing.on_agenda(subjectId=family, receivedOn="2015-03-04")
    assert marks(weighing)[whole]["linkedWith"] == sorted([one, other])
    relation(weighing, relation_ids[1], subjectId=son, otherId=family, until="2015-03-01")
    assert (marks(weighing)[one]["linkedWith"], other in marks(weighing)) == ([whole], False)


def relation(weighing: RunningService, relation_id: str, **told: Any) -> None:
    """Intake tells that somebody is a member of a family, or not any more."""
    told = {"relationId": relation_id, "kind": "member", "otherCaseId": str(uuid4()), **told}
    weighing.send("intake", "relations.changed.v1", told, case_id=uuid4())
    kept = "SELECT FROM relations WHERE relation_id = %s"
    assert wait_until(
        lambda: bool(weighing.as_service.execute(kept, [relation_id]).fetchall()) != ("until" in told), 10
    )


def test_what_is_noted_anew_takes_the_place_of_what_was_noted(briefing: Briefing, weighing: RunningService) -> None:
    one, other = briefing.on_agenda(), briefing.on_agenda()
    mark(weighing, one, urgent=True, linkedWith=[other], settledBeforehand=WHY)
    mark(weighing, one)
    assert marks(weighing) == {}


def test_only_what_waits_in_one_sub_region_is_marked_and_linked(briefing: Briefing, weighing: RunningService) -> None:
    one, decided = briefing.on_agenda(), briefing.on_agenda()
    briefing.decide(decided, BILATERAL)
    elsewhere = briefing.on_agenda(municipality="Gouda", subRegion="Midden Holland")
    refused = mark(weighing, one, linkedWith=[one, decided, elsewhere, str(uuid4())])
    assert refused.wrong_fields == [f"linkedWith[{position}]" for position in range(4)]
    assert mark(weighing, decided, urgent=True).status == 409
    assert mark(weighing, str(uuid4()), urgent=True).status == 404
    assert mark(weighing, one, "director", urgent=True).status == 403


def test_the_agenda_is_shown_as_it_was_fixed_page_by_page_while_the_team_decides(
    briefing: Briefing, weighing: RunningService
) -> None:
    first, second, third, fourth = (briefing.on_agenda(receivedOn=f"2015-03-0{day}") for day in (1, 2, 3, 4))
    mark(weighing, third, urgent=True)
    mark(weighing, first, linkedWith=[fourth])
    assert briefing.agenda() == [third, first, fourth, second]
    assert briefing.agenda(limit="2") == [third, first]
    weighing.post(f"/v1/briefings/{TUESDAY}/preparation", HERE | {"referralIds": [second, fourth]})
    late = briefing.on_agenda(receivedOn="2015-02-27")
    assert briefing.agenda() == [second, fourth, third, first, late]
    briefing.decide(fourth, BILATERAL)
    assert briefing.agenda(cursor=fourth) == [third, first, late]
