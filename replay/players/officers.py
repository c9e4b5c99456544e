"""Who works at intake: the officers write down who calls or mails, tell those the decision, and say who is who; the
information coordinator sorts what may be worrying, and reminds partners; the theme's officer seals and unseals."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from replay.house import House
from replay.players.letters import day_over
from replay.players.platform import Desk, Platform, until
from replay.script import Call, Referral, Subject

SAID = "Mag ik eens meedenken over een casus?"
ANSWER = "De wijkagent denkt met u mee."
PROFESSIONAL = {"organisation": "Sociaal wijkteam", "function": "Wijkverpleegkundige", "phone": "071 555 01 23"}
SAME, NOT_SAME = "Dezelfde persoon.", "Twee mensen, op elkaar lijkend."


class IntakeOfficers:
    """One, and a colleague who confirms that two records are of two people."""

    def __init__(self, platform: Platform, house: House) -> None:
        self._house = house
        self._desk = Desk(platform, house.house, "intake", "intake_officer")
        self._colleague = Desk(platform, house.house, "intake", "second_intake_officer")

    def register(self, referral: Referral) -> str:
        """Write down a referral that somebody told; gives its id."""
        told = {"text": referral.text, "about": as_told(referral.subject), "consent": "yes"}
        who = {"partner": referral.partner, "outside": PROFESSIONAL}
        how = {"channel": referral.channel, "toldOn": referral.received_on.isoformat()}
        return str(self._record(how | who | told | {"sorting": {"sortedAs": "referral"}})["referralId"])

    def take(self, call: Call) -> None:
        """Write down a call that is no referral, sort it afterwards, and answer the caller."""
        told = {"channel": call.channel, "toldOn": call.on.isoformat(), "partner": call.partner, "text": SAID}
        sorting: dict[str, Any] = {"sortedAs": call.sorted_as}
        if call.sorted_as == "rerouted":
            sorting["destination"] = self._house.destinations[0]
        if call.sorted_as == "duplicate":
            earlier = self._record(told | {"sorting": {"sortedAs": "consultation"}})
            self._answer(earlier)
            sorting = {"duplicateOf": earlier["contactMomentId"]}
        kept = self._record(told)
        path = f"/v1/contact-moments/{kept['contactMomentId']}/changes"
        kept = self._desk.post(path, told | {"sorting": sorting}, version=kept["version"])
        if call.sorted_as != "duplicate":
            self._answer(kept)

    def withdraw(self, referral_id: str) -> None:
        """As the sender said by phone."""
        self._desk.post(f"/v1/referrals/{referral_id}/withdrawal", {"because": "Bij vergissing gemeld."})

    def tell(self, decided: Mapping[str, str]) -> None:
        """Tell those who called or mailed what was decided. decided: by referral, the decision that they hear."""

        def attempt() -> dict[str, str] | None:
            listed = self._desk.list("/v1/feedback")
            owed = [each for each in listed if each["decision"] == decided.get(each["referralId"])]
            found = {each["referralId"]: each["feedbackId"] for each in owed}
            return found if found.keys() == decided.keys() else None

        for feedback_id in until(attempt, f"{len(decided)} referrers to be told by people").values():
            self._desk.post(f"/v1/feedback/{feedback_id}/outcome", {"toldOn": day_over().isoformat()})

    def subject_of(self, referral_id: str) -> str:
        return str(self._desk.get(f"/v1/referrals/{referral_id}")["subjectId"])

    def merge(self, subject_id: str, other_id: str, *, wrongly: bool) -> None:
        """Take two records for one person; wrongly: a colleague confirms that they are two."""
        match = self._desk.post("/v1/matches", {"subjectId": subject_id, "otherId": other_id})
        steps = [(self._desk, "merge", SAME)]
        if wrongly:
            steps += [(self._desk, "ask_separation", NOT_SAME), (self._colleague, "separate", NOT_SAME)]
        for officer, decision, because in steps:
            body = {"decision": decision, "because": because}
            match = officer.post(f"/v1/matches/{match['matchId']}/decisions", body, version=match["version"])

    def _answer(self, moment: Any) -> None:
        path = f"/v1/contact-moments/{moment['contactMomentId']}/answer"
        self._desk.post(path, {"answer": ANSWER}, version=moment["version"])

    def _record(self, told: dict[str, Any]) -> Any:
        return self._desk.post("/v1/contact-moments", told)


class InformationCoordinator:
    """Says of referrals that were held back whether they are worrying, and reminds partners."""

    def __init__(self, platform: Platform, house: House) -> None:
        self._intake = Desk(platform, house.house, "intake", "information_coordinator")
        self._weighing = Desk(platform, house.house, "weighing", "information_coordinator")

    def say_worrying(self, referral_id: str, *, worrying: bool) -> None:
        self._intake.post(f"/v1/referrals/{referral_id}/worry", {"worrying": worrying})

    def remind(self, on: date) -> None:
        """Of what is due by the working day after this one."""
        self._weighing.post("/v1/reminder-rounds", {"on": on.isoformat()})


class ThemeOfficer:
    """Holds the role of the sealed themes."""

    def __init__(self, platform: Platform, house: House) -> None:
        self._desk = Desk(platform, house.house, "intake", "theme_role")

    def seal(self, referral_id: str, theme: str) -> None:
        order = {"referralId": referral_id, "theme": theme, "because": "Blijkt bij het thema te horen."}
        self._desk.post("/v1/sealed-referrals", order)

    def unseal(self, referral_id: str) -> str:
        """Gives the id of the open referral that it becomes."""
        because = {"because": "Hoort niet bij het thema."}
        return str(self._desk.post(f"/v1/sealed-referrals/{referral_id}/unsealing", because)["referralId"])


def as_told(subject: Subject) -> dict[str, Any]:
    """Whom a call is about, as far as a caller is asked."""
    told = {
        "kind": "person",
        "municipality": subject.place,
        "bsn": subject.bsn,
        "familyName": subject.family_name,
        "givenNames": subject.given_names,
        "birthDate": subject.birth_date and subject.birth_date.isoformat(),
    }
    return {name: value for name, value in told.items() if value is not None}
