"""The people of the house: the weighing team, the process directors, the aftercare coordinator, the chain manager."""

from collections.abc import Mapping, Set
from datetime import date, timedelta
from typing import Any

from replay.follow_ups import with_follow_ups
from replay.house import House
from replay.players.letters import euros
from replay.players.platform import Desk, Platform, until
from replay.script import Assignment, Check, Detention, FundYear, Stay, TableCase, Tabling
from shared.business_dates import today
from shared.schemas import camel_case
from shared.working_days import working_days_after

AT_THE_TABLE = 4
OVERTAKEN = 5
"""One in so many plans is, after another referral."""
ADVICE = {"sketch": "Woont weer bij familie, en de schulden lopen op.", "measures": "Voorwaardelijk, met begeleiding."}
MOST_TOGETHER = 200
"""Decisions that are recorded in one call."""


class WeighingTeam:
    """Sits at the briefings of each sub-region."""

    def __init__(self, platform: Platform, house: House) -> None:
        self._house = house
        self._desk = Desk(platform, house.house, "weighing", "weighing_team")
        self._coordinator = Desk(platform, house.house, "weighing", "information_coordinator")
        bound = [partner.id for partner in house.partners.values() if partner.bond in ("core", "covenant")]
        self._attendees = bound[:AT_THE_TABLE]

    def read_agenda(self, sub_region: str, on: date, expected: Set[str]) -> None:
        """Read the agenda of a briefing until all referrals that the team expects are on it."""

        def attempt() -> bool | None:
            items = self._desk.list("/v1/agenda", subRegion=sub_region, on=on.isoformat())
            return expected <= {item["referralId"] for item in items} or None

        until(attempt, f"{len(expected)} referrals on the agenda of {sub_region}, {on}")

    def decide(self, referral_id: str, tabling: Tabling) -> None:
        body = {"briefingOn": tabling.on.isoformat(), **self._decision(tabling)}
        self._desk.post(f"/v1/referrals/{referral_id}/decisions", body)

    def decide_together(self, on: date, tabled: Mapping[str, Tabling]) -> None:
        """Record what the team decided at a briefing. tabled: by referral, all of that day and on its agenda."""
        decisions = [{"referralId": id, **self._decision(tabling)} for id, tabling in tabled.items()]
        for start in range(0, len(decisions), MOST_TOGETHER):
            together = decisions[start : start + MOST_TOGETHER]
            self._desk.post(f"/v1/briefings/{on.isoformat()}/decisions", {"decisions": together})

    def correct(self, referral_id: str, number: int, right: Tabling) -> None:
        """Put the right decision in place of the wrong one of a tabling. Nobody led the briefing."""
        body = {"briefingOn": right.on.isoformat(), **self._decision(right), "because": "Verkeerd vastgelegd."}
        self._coordinator.post(f"/v1/referrals/{referral_id}/decisions/{number}/correction", body)

    def read_late_answers(self) -> None:
        """What partners told after the decision of people at no table."""
        for item in list(self._coordinator.list("/v1/work")):
            if item["kind"] in ("late_answer", "late_running_there"):
                told = self._coordinator.get(f"/v1/information-requests/{item['objectId']}/late-information")["items"]
                for each in (each for each in told if each["endedOn"] is None):
                    self._coordinator.post(f"/v1/late-information/{each['informationId']}/reading", {})

    def report_follow_ups(self) -> None:
        """Everything that was agreed on is done."""
        for follow_up in list(self._desk.list("/v1/follow-ups")):
            self._desk.post(f"/v1/follow-ups/{follow_up['followUpId']}/report", {"state": "done"})

    def _decision(self, tabling: Tabling) -> dict[str, Any]:
        rule = self._house.decisions[tabling.decision]
        reason = next((reason for reason in self._house.reasons if reason.code == tabling.reason), None)
        decision: dict[str, Any] = {
            "decision": tabling.decision,
            "attendees": self._attendees,
            "criteria": list(self._house.criteria[:3]) if rule.opens_table else [],
            "legalGround": self._house.legal_grounds[0],
        }
        if reason:
            decision["reason"] = reason.code
            if reason.needs_destination:
                decision["reroutedTo"] = self._house.destinations[0]
        if tabling.comes_back_on:
            decision["comesBackOn"] = tabling.comes_back_on.isoformat()
        if rule.escalates:
            decision["escalatedTo"] = self._house.addressees[0]
        return with_follow_ups(decision, rule, self._attendees, tabling.on, self._house)


class ProcessDirectors:
    """Run the tables."""

    def __init__(self, platform: Platform, house: House) -> None:
        self._house = house
        self._desk = Desk(platform, house.house, "meetings", "process_director")
        self._repeats_answered = 0

    def find(self, referral_id: str) -> str:
        """The table case that a referral opened or found running, once it is there."""

        def attempt() -> str | None:
            found = next(self._desk.list("/v1/table-cases", referralId=referral_id), None)
            return found and str(found["tableCaseId"])

        return until(attempt, "a table case to be opened")

    def hold_session(self, case: TableCase, table_case_id: str) -> None:
        planned = self._plan_session(case.table, case.sub_region, case.session_on, table_case_id)
        self._desk.post(f"/v1/sessions/{planned['sessionId']}/holding", {"heldOn": case.session_on.isoformat()})

    def meet_again(self) -> None:
        """Plan a session of each running case whose plan is overtaken, on the next working day from now."""
        on = working_days_after(today(), 1)
        for case in list(self._desk.list("/v1/table-cases", meetingWanted="true")):
            id = case["tableCaseId"]
            self._plan_session(case["table"], case["subRegion"], on, id, reasons={id: "case_holder_asks"})

    def _plan_session(self, table: str, sub_region: str, on: date, table_case_id: str, **more: Any) -> Any:
        session = {"table": table, "subRegion": sub_region, "heldOn": on.isoformat(), "tableCaseIds": [table_case_id]}
        return self._desk.post("/v1/sessions", session | more)

    def agree_on_plan(self, case: TableCase, table_case_id: str) -> None:
        """One agreement on each of the plan's domains, due four weeks later; one in general when it has none.

        The case holder keeps the first, the partner that referred the case the others.
        """
        due_on = (case.session_on + timedelta(weeks=4)).isoformat()
        holder, referrer = {"partner": case.case_holder, "person": "casusregisseur"}, {"partner": case.referrer}
        agreements: list[dict[str, Any]] = [
            {"owner": referrer if at else holder, "domain": domain, "what": "Afspraak uit het overleg", "dueOn": due_on}
            for at, domain in enumerate(case.domains)
        ] or [{"owner": holder, "what": "Contact houden", "dueOn": due_on}]
        self._desk.post(
            f"/v1/table-cases/{table_case_id}/action-plan",
            {"agreedOn": case.session_on.isoformat(), "caseHolder": case.case_holder, "agreements": agreements},
        )

    def advise(self, table_case_id: str) -> str:
        """Write what ZSM hears of a case; gives the advice's id."""
        return str(self._desk.post(f"/v1/table-cases/{table_case_id}/zsm-advices", ADVICE)["adviceId"])

    def ask_case_holder(self, check: Check, table_case_id: str) -> None:
        self._desk.post(
            f"/v1/table-cases/{table_case_id}/monitoring-moments/{check.code}/answer",
            {"answeredOn": check.on.isoformat(), "planStands": check.plan_stands},
        )

    def read_late_information(self) -> None:
        """The case holders say by phone that they know what partners told after the decision."""
        for information_id in unread_information(self._desk):
            self._desk.post(f"/v1/late-information/{information_id}/reading", {})

    def answer_repeats(self) -> None:
        """The case holders say by phone whether the plans of running cases stand after the last referral on each."""
        last = {each["tableCaseId"]: each["questionId"] for each in self._desk.list("/v1/repeat-questions")}
        for question_id in last.values():
            self._repeats_answered += 1
            answer = "plan_stands" if self._repeats_answered % OVERTAKEN else "overtaken"
            self._desk.post(f"/v1/repeat-questions/{question_id}/answer", {"answer": answer})

    def close(self, case: TableCase, closed_on: date, table_case_id: str) -> None:
        body: dict[str, Any] = {"closedOn": closed_on.isoformat()}
        if case.outcome is not None:
            questions = self._house.tables[case.table].scored_on
            body["outcome"] = {camel_case(question): question in case.outcome for question in questions}
        if case.runs_on:
            body["runningOnReason"] = "De casus vroeg meer tijd."
        self._desk.post(f"/v1/table-cases/{table_case_id}/closing", body)


def unread_information(director: Desk) -> list[str]:
    """The ids of what partners told after the decision and nobody has read, of running cases, whoever holds them."""
    cases = [each["tableCaseId"] for each in director.list("/v1/table-cases", state="open")]
    told = [each for id in cases for each in director.get(f"/v1/table-cases/{id}")["lateInformation"]]
    return [str(each["informationId"]) for each in told if each["readOn"] is None]


class AftercareCoordinator:
    """Sees to it that nobody leaves without a plan."""

    def __init__(self, platform: Platform, house: House) -> None:
        self._house = house
        self._desk = Desk(platform, house.house, "aftercare", "aftercare_coordinator")
        self._intake = Desk(platform, house.house, "intake", "aftercare_coordinator")

    def find(self, referral_id: str, detention: Detention) -> str:
        """The detention that came with a referral, once it is there."""
        began = detention.detained_on.isoformat()
        case_id = self._intake.get(f"/v1/referrals/{referral_id}")["caseId"]

        def attempt() -> str | None:
            detention_ids = [str(each["detentionId"]) for each in self._desk.list("/v1/detentions", caseId=case_id)]
            return next((each for each in detention_ids if began in self._notified(each)), None)

        return until(attempt, "a detention to be registered")

    def advise(self, *, corrected: bool) -> int:
        """Answer the BIJ question that waits; corrected: wrongly at first. Gives how often its sender is told."""

        def attempt() -> str | None:
            asked = self._intake.get("/v1/bij-questions")["items"]
            return next((str(each["questionId"]) for each in asked if each["state"] == "asked"), None)

        path = f"/v1/bij-questions/{until(attempt, 'a BIJ question to arrive')}/answer"
        self._intake.post(path, {"advice": "Begeleiding bij wonen en werk, vanaf de eerste dag."})
        if corrected:
            right = {"advice": "Toezicht door de reclassering.", "because": "De begeleiding loopt al."}
            self._intake.post(f"{path}/correction", right)
        return 2 if corrected else 1

    def explain_trajectories(self) -> None:
        """Say why no voluntary trajectory started that is said to be done; all that was wanted is."""

        def attempt() -> list[str] | None:
            work = list(self._desk.list("/v1/work"))
            waits = any(each["kind"] == "trajectory_wanted" for each in work)
            return None if waits else [e["objectId"] for e in work if e["kind"] == "trajectory_not_started"]

        for follow_up_id in until(attempt, "what became of voluntary trajectories"):
            because = {"noneBecause": "Kreeg hulp van de gemeente zelf."}
            self._desk.post(f"/v1/wanted-trajectories/{follow_up_id}/explanation", because)

    def _notified(self, detention_id: str) -> set[str]:
        """The days on which a detention began by its notices, of which a transfer is one."""
        return {each["detainedOn"] for each in self._desk.get(f"/v1/detentions/{detention_id}")["notices"]}

    def change_release_date(self, source: str, detention_id: str, changed_on: date, release_on: date) -> None:
        self._desk.post(
            f"/v1/detentions/{detention_id}/release-dates",
            {"releaseOn": release_on.isoformat(), "source": source, "changedOn": changed_on.isoformat()},
        )

    def refuse(self, detention_id: str, refused_on: date) -> None:
        """Record that somebody wants no plan."""
        body = {"refusedOn": refused_on.isoformat(), "reason": "Wil geen hulp."}
        self._desk.post(f"/v1/detentions/{detention_id}/refusals", body)

    def watch(self, on: date) -> None:
        """See who leaves soon, and who left without anything."""
        self._desk.post("/v1/watch-rounds", {"on": on.isoformat()})

    def give(self, assignment: Assignment, detention_id: str, municipality: str) -> str:
        """Start a trajectory, or ask for a conversation; gives its id."""
        if assignment.kind is None:
            asked = {"provider": assignment.provider, "askedOn": assignment.given_on.isoformat()}
            return str(self._desk.post(f"/v1/detentions/{detention_id}/conversations", asked)["conversationId"])
        wanted = {
            "caseId": self._case(detention_id),
            "detentionId": detention_id,
            "municipality": municipality,
            "provider": assignment.provider,
            "kind": assignment.kind,
            "needs": list(assignment.needs),
            "startsOn": assignment.given_on.isoformat(),
        }
        return str(self._desk.post("/v1/trajectories", wanted)["trajectoryId"])

    def promise(
        self, fund_year: FundYear, assignment: Assignment, assignment_id: str, on: date, municipality: str
    ) -> None:
        """Commit what an assignment costs."""
        promised = {
            "line": assignment.line,
            "provider": assignment.provider,
            "municipality": municipality,
            "assignmentId": assignment_id,
            "needs": list(assignment.needs),
            "amount": euros(assignment.cost),
        }
        self._desk.post(f"{_path(fund_year)}/commitments", _booked(on, f"{assignment.referral}") | promised)

    def ask_for_stay(self, stay: Stay, detention_id: str) -> str:
        """Put somebody on the waiting list; gives the stay's id."""
        wanted = {
            "caseId": self._case(detention_id),
            "transitionHouse": stay.transition_house,
            "askedOn": stay.asked_on.isoformat(),
        }
        return str(self._desk.post("/v1/stays", wanted)["stayId"])

    def begin_stay(self, stay_id: str, on: date) -> None:
        self._desk.post(f"/v1/stays/{stay_id}/beginning", {"on": on.isoformat()})

    def end_stay(self, stay_id: str, on: date) -> None:
        self._desk.post(f"/v1/stays/{stay_id}/ending", {"on": on.isoformat()})

    def _case(self, detention_id: str) -> str:
        return str(self._desk.get(f"/v1/detentions/{detention_id}")["caseId"])

    def make_plan(self, detention: Detention, detention_id: str, made_on: date) -> None:
        domains = [self._domain(domain, domain in detention.bottlenecks) for domain in self._house.life_domains]
        plan = {"madeOn": made_on.isoformat(), "domains": domains}
        version = self._desk.get(f"/v1/detentions/{detention_id}")["version"]
        self._desk.post(f"/v1/detentions/{detention_id}/plan", plan, version=version)

    def _domain(self, domain: str, bottleneck: bool) -> dict[str, Any]:
        if not bottleneck:
            return {"domain": domain, "bottleneck": "no"}
        return {"domain": domain, "bottleneck": "yes", "agreement": "Hulp voor vertrek", "referredTo": "gemeente"}


class ChainManager:
    """Answers for the funds."""

    def __init__(self, platform: Platform, house: House) -> None:
        self._desk = Desk(platform, house.house, "aftercare", "chain_manager")

    def open_year(self, fund_year: FundYear, on: date) -> None:
        """Book what comes in, and set it apart for each line."""
        path = _path(fund_year)
        if any(fund_year.outflow.values()):
            self._desk.post(f"{path}/allotments", _booked(on, "toekenning") | {"outflow": fund_year.outflow})
        for municipality, amount in fund_year.contributions.items():
            body = {"municipality": municipality, "amount": euros(amount)}
            self._desk.post(f"{path}/contributions", _booked(on, "cofinanciering") | body)
        for line, amount in fund_year.budgets.items():
            self._desk.post(f"{path}/budgets", _booked(on, "begroting") | {"line": line, "amount": euros(amount)})


def _path(fund_year: FundYear) -> str:
    return f"/v1/funds/{fund_year.fund}/{fund_year.year}"


def _booked(on: date, decision: str) -> dict[str, Any]:
    return {"bookedOn": on.isoformat(), "decision": decision}
