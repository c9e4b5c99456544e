"""A municipality that takes cases itself is asked before a table, through the API of a real service."""

from typing import Any
from uuid import UUID, uuid4

from services.weighing.tests.briefing import BILATERAL, FOCUS, INFORMED, SECONDS, Briefing
from shared.aliases.tests.merging import Merge
from shared.business_dates import today
from shared.testing.service import Answer, RunningService
from shared.testing.waiting import wait_until

OF_KATWIJK = {"municipality": "Katwijk", "kind": "current_referral"}


def codes(answer: Answer) -> list[tuple[str, str]]:
    return [(problem["field"], problem["code"]) for problem in answer.body["errors"]]


def guards(briefing: Briefing, referral_id: str) -> dict[str, Any]:
    """But for the platforms that nobody asked."""
    found = briefing.referral(referral_id).body["guards"]
    return {guard["code"]: guard for guard in found if guard["check"] != "not_asked"}


def answer(briefing: Briefing, referral_id: str, answer: str, **more: str) -> None:
    answered(briefing, referral_id, answer, **more)
    assert wait_until(lambda: guards(briefing, referral_id)["local_approach"]["check"] != "asked", SECONDS)


def answered(briefing: Briefing, referral_id: str, answer: str, **more: str) -> None:
    [asked] = [each for each in briefing.asked() if each["data"]["referralId"] == referral_id]
    said = {"service": "local_approach", "answer": answer, **more}
    say(briefing, asked["data"]["requestId"], "gemeente-katwijk", "2015-03-06", said)


def say(briefing: Briefing, request_id: str, partner: str, on: str, said: dict[str, str]) -> None:
    data = {"requestId": request_id, "partner": partner, "answeredOn": on, "involved": [], "services": [said]}
    briefing.send("information-requests.answered.v1", data, case_id=uuid4())


def test_the_municipality_is_asked_all_services_and_whether_it_takes_the_case(briefing: Briefing) -> None:
    referral_id = briefing.on_agenda(**OF_KATWIJK)
    [asked] = [each for each in briefing.asked() if each["data"]["referralId"] == referral_id]
    services = [each["service"] for each in asked["data"]["asked"]]
    assert services[-1] == "local_approach"
    assert len(services) > 1


def test_no_table_before_the_municipality_has_said_and_any_other_decision_may_be_taken(briefing: Briefing) -> None:
    referral_id = briefing.on_agenda(**OF_KATWIJK)
    assert guards(briefing, referral_id)["local_approach"]["check"] == "asked"
    assert codes(briefing.decide(referral_id, FOCUS)) == [("decision", "platform_not_asked")]
    answer(briefing, referral_id, "nothing_known")
    assert briefing.decide(referral_id, FOCUS).status == 201
    assert briefing.decide(briefing.on_agenda(**OF_KATWIJK), BILATERAL).status == 201


def test_a_case_that_the_municipality_takes_goes_to_a_table_only_with_a_reason(briefing: Briefing) -> None:
    referral_id = briefing.on_agenda(**OF_KATWIJK)
    answer(briefing, referral_id, "known")
    assert codes(briefing.decide(referral_id, FOCUS)) == [("decision", "running_elsewhere")]
    path = f"/v1/referrals/{referral_id}/guards/local_approach/override"
    assert briefing.service.post(path, {"because": "De gemeente vraagt zelf om opschaling."}, "team").status == 204
    shown = guards(briefing, referral_id)["local_approach"]
    assert (shown["overridden"], shown["because"]) == (True, "De gemeente vraagt zelf om opschaling.")
    assert "opschaling" not in str(briefing.service.as_service.execute("SELECT * FROM guard_overrides"))
    assert briefing.service.post(f"{path}/withdrawal", {}, "team").status == 204
    assert codes(briefing.decide(referral_id, FOCUS)) == [("decision", "running_elsewhere")]
    assert codes(briefing.service.post(f"{path}/withdrawal", {}, "team")) == [("guard", "not_overridden")]
    assert briefing.service.post(path, {"because": "Toch."}, "team").status == 204
    assert briefing.decide(referral_id, FOCUS).status == 201


def test_while_a_case_runs_at_veilig_thuis_the_partners_of_the_house_do_not_act(briefing: Briefing) -> None:
    referral_id = briefing.on_agenda()
    wanted = {"partner": "ggd-hollands-midden", "services": ["veilig_thuis", "ggd_care_network"]}
    asked = briefing.service.post(f"/v1/referrals/{referral_id}/information-requests", wanted, "coordinator")
    checks = {code: guard["check"] for code, guard in guards(briefing, referral_id).items()}
    assert checks == {"veilig_thuis": "asked", "ggd_care_network": "asked"}
    running = {"service": "veilig_thuis", "answer": "known"}
    say(briefing, asked.body["requestId"], "ggd-hollands-midden", today().isoformat(), running)
    assert wait_until(lambda: guards(briefing, referral_id)["veilig_thuis"]["check"] == "running_there", SECONDS)
    for decision in BILATERAL, FOCUS | {"informationUsed": []}:
        assert codes(briefing.decide(referral_id, decision)) == [("decision", "running_elsewhere")]
    assert briefing.decide(referral_id, INFORMED).status == 201


def test_what_runs_at_veilig_thuis_by_an_earlier_referral_holds_for_the_next_until_the_referral_is_withdrawn(
    briefing: Briefing, weighing: RunningService
) -> None:
    records = [(uuid4(), uuid4()), (uuid4(), uuid4())]
    of_person, of_double = [about(*record) for record in records]
    earlier = at_veilig_thuis(briefing, **of_person)
    later, of_other = briefing.on_agenda(**of_person), briefing.on_agenda(**of_double)
    said = {"referralId": earlier, "partner": "ggd-hollands-midden", "saidOn": today().isoformat()}
    shown = guards(briefing, later)["veilig_thuis"]
    assert (shown["check"], shown["saidBefore"]) == ("running_there", said)
    refused = briefing.decide_together({later: BILATERAL, of_other: INFORMED})
    assert codes(refused) == [("decisions[0].decision", "running_elsewhere")]
    path = f"/v1/referrals/{later}/guards/veilig_thuis/override"
    assert briefing.service.post(path, {"because": "Veilig Thuis vraagt erom."}, "team").status == 204
    assert briefing.decide(later, BILATERAL).status == 201
    assert guards(briefing, of_other) == {}, "not known to be the same person"
    merge = Merge(weighing, records[0], records[1])
    merge.begin()
    assert guards(briefing, of_other)["veilig_thuis"]["saidBefore"] == said
    assert codes(briefing.decide(of_other, BILATERAL)) == [("decision", "running_elsewhere")]
    withdrawn = {"referralId": earlier, "subjectId": of_person["subjectId"], "withdrawnOn": "2015-03-07"}
    briefing.send("referrals.withdrawn.v1", withdrawn, case_id=of_person["case_id"])
    assert wait_until(lambda: guards(briefing, of_other) == {}, SECONDS)
    at_veilig_thuis(briefing, **of_person)
    assert "veilig_thuis" in guards(briefing, of_other)
    merge.end()
    assert guards(briefing, of_other) == {}
    assert briefing.decide(of_other, BILATERAL).status == 201


def about(subject_id: UUID, case_id: UUID) -> dict[str, Any]:
    return {"subjectId": str(subject_id), "case_id": case_id}


def at_veilig_thuis(briefing: Briefing, **about: Any) -> str:
    """A referral of which the GGD says that the case runs at Veilig Thuis."""
    referral_id = briefing.on_agenda(**about)
    wanted = {"partner": "ggd-hollands-midden", "services": ["veilig_thuis"]}
    asked = briefing.service.post(f"/v1/referrals/{referral_id}/information-requests", wanted, "coordinator")
    running = {"service": "veilig_thuis", "answer": "known"}
    say(briefing, asked.body["requestId"], "ggd-hollands-midden", today().isoformat(), running)
    assert wait_until(lambda: guards(briefing, referral_id)["veilig_thuis"]["check"] == "running_there", SECONDS)
    return referral_id


def test_a_platform_that_could_be_asked_and_was_not_is_shown_and_keeps_nobody_from_deciding(briefing: Briefing) -> None:
    referral_id = briefing.on_agenda()
    shown = {guard["code"]: guard["check"] for guard in briefing.referral(referral_id).body["guards"]}
    assert shown == {"veilig_thuis": "not_asked", "ggd_care_network": "not_asked"}
    assert briefing.decide(referral_id, BILATERAL).status == 201


def test_only_the_team_overrides_and_only_a_guard_that_applies(briefing: Briefing) -> None:
    referral_id = briefing.on_agenda()
    assert guards(briefing, referral_id) == {}
    path = f"/v1/referrals/{referral_id}/guards/local_approach/override"
    not_asked = f"/v1/referrals/{referral_id}/guards/veilig_thuis/override"
    assert [briefing.service.post(each, {"because": "x"}, "team").status for each in (path, not_asked)] == [404, 404]
    assert briefing.service.post(path, {"because": "x"}, "coordinator").status in (401, 403)


def test_such_referrals_show_where_they_are_meant_to_go(briefing: Briefing) -> None:
    shown = guards(briefing, briefing.on_agenda(municipality="Nieuwkoop"))["local_chamber"]
    assert (shown["effect"], shown["destination"], shown["check"]) == ("route_to", "local_safety_meeting", None)


def test_the_trajectory_council_is_named_for_a_young_adult_in_a_youth_institution(briefing: Briefing) -> None:
    young = {"kind": "detention_notice", "ageClass": "18_to_23"}
    assert "trajectory_council" not in guards(briefing, briefing.on_agenda(**young))
    assert "trajectory_council" in guards(briefing, briefing.on_agenda(**young, youthInstitution=True))


def test_a_municipality_that_may_not_say_keeps_no_case_from_a_table(briefing: Briefing) -> None:
    referral_id = briefing.on_agenda(**OF_KATWIJK)
    answer(briefing, referral_id, "may_not_share", ground="professional_secrecy")
    assert guards(briefing, referral_id)["local_approach"]["check"] == "may_not_say"
    assert briefing.decide(referral_id, FOCUS).status == 201


def test_a_late_answer_keeps_nobody_from_correcting_what_does_not_move_the_case(briefing: Briefing) -> None:
    referral_id = briefing.on_agenda()
    wanted = {"partner": "ggd-hollands-midden", "services": ["veilig_thuis"]}
    asked = briefing.service.post(f"/v1/referrals/{referral_id}/information-requests", wanted, "coordinator")
    assert briefing.decide(referral_id, BILATERAL).status == 201
    running = {"service": "veilig_thuis", "answer": "known"}
    say(briefing, asked.body["requestId"], "ggd-hollands-midden", today().isoformat(), running)
    assert wait_until(lambda: guards(briefing, referral_id)["veilig_thuis"]["check"] == "running_there", SECONDS)
    assert briefing.correct(referral_id, BILATERAL | {"motive": "They know each other."}).status == 201
    assert codes(briefing.correct(referral_id, FOCUS | {"informationUsed": []})) == [("decision", "running_elsewhere")]


def test_an_answer_after_the_decision_is_shown_as_late_and_the_decision_stands(briefing: Briefing) -> None:
    referral_id = briefing.on_agenda(**OF_KATWIJK)
    assert briefing.decide(referral_id, BILATERAL).status == 201
    assert guards(briefing, referral_id)["local_approach"]["check"] == "unanswered"
    answered(briefing, referral_id, "known")
    assert wait_until(lambda: guards(briefing, referral_id)["local_approach"]["check"] == "running_there", SECONDS)
    shown = briefing.referral(referral_id).body
    assert [request["late"] for request in shown["informationRequests"]] == [True]
    assert [each["decision"] for each in shown["earlierDecisions"]] == ["bilateral"]
