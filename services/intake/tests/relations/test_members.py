"""A family that is told with its members is recognised by them."""

from typing import Any
from uuid import UUID, uuid4

from services.intake.tests.desk import Desk
from services.intake.tests.given import BSN, CONTACT, OTHER_BSN, delivery, message
from services.intake.tests.matches.test_matches import decide, propose_all, proposed
from services.intake.tests.relations.test_relations import changed, relations
from services.intake.tests.sealed_referrals.test_sealing import names, newest, seal, unseal

PIET: dict[str, Any] = {"familyName": "Jansen", "givenNames": "Piet", "birthDate": "1990-02-03", "bsn": BSN}
ELS: dict[str, Any] = {"familyName": "Bos", "givenNames": "Els", "birthDate": "1960-01-02", "bsn": OTHER_BSN}
TIM: dict[str, Any] = {"familyName": "Jansen", "givenNames": "Tim", "birthDate": "2012-05-06"}


def told(*members: dict[str, Any], **differently: Any) -> dict[str, Any]:
    subject = {"kind": "family", "familyName": "Jansen", "municipality": "Dorp"}
    concern = {"reference": str(uuid4()), "subject": subject | differently.pop("subject", {}), "concern": "Zorgen."}
    return concern | {"members": list(members)} | differently


def refer(desk: Desk, *members: dict[str, Any], **differently: Any) -> UUID:
    """A referral of a family: gives its subject."""
    sent = desk.send(told(*members, **differently), CONTACT, type="current-referrals.submitted.v1")
    [(subject_id,)] = desk.rows("SELECT subject_id FROM referrals WHERE message_id = %s", sent)
    return UUID(str(subject_id))


def test_the_members_of_a_family_are_known_as_such(desk: Desk) -> None:
    piet = desk.notice(**PIET)
    family = refer(desk, PIET, ELS | {"municipality": "gm0001"})
    assert {each.other.subject_id for each in relations(desk, family)} > {piet}
    assert [(each.role, each.source, each.recorded_by) for each in relations(desk, family)] == [
        ("member", "gemeente", None)
    ] * 2
    assert [each["kind"] for each in changed(desk)] == ["member", "member"]
    assert b"Els" not in desk.rows("SELECT particulars FROM referrals WHERE subject_id = %s", family)[0][0]


def test_the_same_family_is_one_subject_by_the_number_of_a_member(desk: Desk) -> None:
    family = refer(desk, PIET, TIM)
    assert refer(desk, PIET, subject={"familyName": "Janssen", "municipality": "Stad"}) == family
    assert refer(desk, PIET, ELS, subject={"familyName": "Jansen-Bos"}) == family
    assert refer(desk, PIET, ELS, subject={"familyName": "Visser"}) == family, "two members are the same"
    assert len(relations(desk, family)) == len(changed(desk)) == 3


def test_a_batch_tells_of_one_family_once(desk: Desk) -> None:
    type = "current-referrals.submitted.v1"
    desk.take(*(delivery(message(told(PIET), CONTACT, type), CONTACT) for _ in range(3)))
    assert len(desk.rows("SELECT FROM subjects WHERE kind = 'family'")) == len(changed(desk)) == 1


def test_a_child_of_two_families_does_not_make_them_one_but_a_person_sees_them(desk: Desk) -> None:
    of_father, of_mother = refer(desk, PIET), refer(desk, PIET, subject={"familyName": "Bakker"})
    assert of_father != of_mother
    [match] = propose_all(desk)
    assert ({match.subject_id, match.other_id}, match.evidence.members) == ({of_father, of_mother}, "agree")


def test_a_member_without_number_decides_nothing(desk: Desk) -> None:
    family = refer(desk, TIM)
    again = refer(desk, TIM, subject={"municipality": "Stad"})
    assert again != family
    [match] = propose_all(desk)
    assert (match.band, match.evidence.members) == ("sure", "agree")
    decide(desk, proposed(desk, family, again), "merge")
    assert len(relations(desk, again)) == 2, "as each record was told"


def test_a_group_is_no_family(desk: Desk) -> None:
    assert refer(desk, PIET) != refer(desk, PIET, subject={"kind": "group"})


def test_a_member_with_the_number_of_somebody_else_goes_without_it(desk: Desk) -> None:
    piet = desk.notice(**PIET)
    [seen] = relations(desk, refer(desk, ELS | {"bsn": BSN}))
    assert seen.other.subject_id != piet
    assert desk.rows("SELECT FROM set_aside") == []


def test_only_a_family_has_members_and_each_has_a_name(desk: Desk) -> None:
    wrong = told(PIET | {"familyName": ""}, PIET | {"municipality": "Nergens", "birthDate": "2016"})
    for data in (wrong, told(PIET, subject={"kind": "person"})):
        desk.send(data, CONTACT, type="current-referrals.submitted.v1")
    assert desk.wrong_fields(CONTACT) == [
        *("data.members[0].familyName", "data.members[1].municipality", "data.members[1].birthDate"),
        "data.members",
    ]


def test_nothing_of_a_sealed_family_shows(desk: Desk) -> None:
    piet, family = desk.notice(**PIET), refer(desk, PIET)
    before = relations(desk, piet)
    hidden = refer(desk, PIET, ELS, theme="hidden")
    assert hidden != family
    assert relations(desk, piet) == before
    assert len(changed(desk)) == 1
    assert refer(desk, PIET, ELS, theme="hidden") == hidden
    assert len(desk.rows("SELECT FROM subjects WHERE NOT sealed_only")) == 2


def test_of_a_family_that_is_sealed_later_no_member_is_left_that_was_told_with_it(desk: Desk) -> None:
    piet, family = desk.notice(**PIET), refer(desk, PIET, ELS)
    seal(desk, newest(desk))
    assert desk.rows("SELECT FROM relations JOIN subjects USING (subject_id) WHERE NOT sealed_only") == []
    assert names(desk, piet, family) == ["Jansen"]
    left = "SELECT subject_id FROM subjects WHERE NOT sealed_only AND data_key <> ''"
    assert desk.rows(left) == [(piet,)]
    assert len(desk.rows("SELECT FROM claims WHERE subject_id = %s", piet)) == 1


def test_a_family_that_is_sealed_and_unsealed_comes_back_with_its_members(desk: Desk) -> None:
    piet, _ = desk.notice(**PIET), refer(desk, PIET, ELS)
    sealed = newest(desk)
    seal(desk, sealed)
    unseal(desk, sealed)
    assert_whole(desk, piet)


def test_a_family_that_came_in_sealed_is_unsealed_with_its_members(desk: Desk) -> None:
    piet = desk.notice(**PIET)
    refer(desk, PIET, ELS, theme="hidden")
    unseal(desk, newest(desk))
    assert_whole(desk, piet)


def test_an_unsealed_family_is_the_one_that_the_house_knows_by_its_members(desk: Desk) -> None:
    family = refer(desk, PIET, TIM)
    refer(desk, PIET, ELS, theme="hidden")
    unseal(desk, newest(desk))
    assert desk.rows("SELECT subject_id FROM referrals WHERE NOT sealed") == [(family,)] * 2
    assert len(relations(desk, family)) == 3


def assert_whole(desk: Desk, piet: UUID) -> None:
    """Piet and Els are the members of the family whose referral was unsealed."""
    [(family,)] = desk.rows("SELECT subject_id FROM referrals WHERE referral_id = %s", newest(desk))
    members = {each.other.details.family_name: each.other.subject_id for each in relations(desk, family)}
    assert members.keys() == {"Jansen", "Bos"}
    assert members["Jansen"] == piet
    assert [each["otherId"] for each in changed(desk)][-2:] == [str(family)] * 2
