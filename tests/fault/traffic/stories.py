"""What is done for each person of a round, from the first message to the closing of the case."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from replay.besides import BIJ, SUSPECTS
from replay.house import House
from replay.players.letters import (
    ANSWER_PER_SERVICE,
    ANSWERS,
    WRONGS,
    Letter,
    answer,
    bij_question,
    letter,
    submission,
    supplement,
    suspects,
)
from replay.players.officers import ThemeOfficer
from replay.players.people import AftercareCoordinator, ProcessDirectors, WeighingTeam
from replay.players.platform import Platform, PlayFailed
from replay.script import BijQuestion, Referral, Subject, SuspectList, TableCase, Tabling
from shared.working_days import next_working_day
from tests.fault.oracle.witness import NO_USER_ID
from tests.fault.traffic.afterwards import OF_EACH, SUPPLEMENTED, UNDONE, Afterwards
from tests.fault.traffic.cast import Person, sealed_referral, sent_as
from tests.fault.traffic.help import Helpers
from tests.fault.traffic.matching import EVERY, Officers
from tests.fault.traffic.memory import Heard
from tests.fault.traffic.post import Post, Waited

REPLAY = "replays.requested.v1"
PROSECUTOR, ASKING = "openbaar-ministerie", "gemeente-alphen-aan-den-rijn"
SESSION_AFTER, CLOSED_AFTER = timedelta(days=7), timedelta(days=30)


@dataclass
class Stories:
    """One method per kind of story. None raises: what was waited for in vain stands in `failed`."""

    platform: Platform
    house: House
    post: Post
    done: list[dict[str, Any]] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._team = WeighingTeam(self.platform, self.house)
        self._directors = ProcessDirectors(self.platform, self.house)
        self._coordinator = AftercareCoordinator(self.platform, self.house)
        self._officers = Officers(self.platform, self.house, self._note)
        self._theme_officer = ThemeOfficer(self.platform, self.house)
        self._afterwards = Afterwards(self.platform, self.house, self._note)
        self._helpers = Helpers(self.platform, self.house, self.post, self._note)

    def begin(self, year: int) -> None:
        """What must be there before anybody can be helped."""
        try:
            self._helpers.open_year(year)
        except PlayFailed as error:
            self.failed.append(str(error))

    def live(self, person: Person) -> None:
        """Send a person's referrals in order, then do with each what the script says."""
        try:
            sent = [self._refer(person, nth, referral) for nth, referral in enumerate(person.referrals, start=1)]
            if person.sent_twice:
                self.post.answer(self._user(sent[0]), str(sent[0].id))
                self.post.send_again(self._user(sent[0]), sent[0].body)
            case_id = self._work(person, sent)
            if person.called:
                self._take_call(person.called, case_id)
            if person.number % EVERY == 0 and not person.is_family:
                self._officers.take_for_one(case_id)
            if person.number % OF_EACH == UNDONE:
                self._afterwards.leave_undone(self._registered(sent[0]))
            if person.listed_with:
                self._list_suspects(person.referrals[0], person.listed_with, case_id)
        except (PlayFailed, Waited) as error:
            self.failed.append(str(error))

    def seal(self, person: Person, *, later: bool) -> None:
        """A referral of a sealed theme: sealed by the theme's officer, or by its sender, who then takes it back.

        Its sender sends it once more afterwards, as after a lost receipt.
        """
        referral = sealed_referral(person, later=later)
        message = submission(referral, self.house)
        try:
            self._send(message, sent_as(referral), sealed=True, times=2)
            referral_id = self._registered(message)
            if later:
                self._theme_officer.seal(referral_id, str(referral.theme))
                self._note("seal", referralId=referral_id)
            else:
                opened_id = self._theme_officer.unseal(referral_id)
                self._officers.withdraw(opened_id)
                self._note("unseal", referralId=opened_id)
            self.post.send_again(self._user(message), message.body)
        except (PlayFailed, Waited) as error:
            self.failed.append(str(error))

    def ask_house(self, stranger: Person, on: date) -> None:
        """A municipality asks on a BIJ notice, twice as after a lost receipt, and hears what the house advises."""
        asked = BijQuestion(on=on, partner=ASKING, about=stranger.referrals[0].subject, corrected=True)
        message = bij_question(asked, self.house)
        try:
            self._send(message, BIJ, times=2)
            self.post.answer(self._user(message), str(message.id))
            self.post.send_again(self._user(message), message.body)
            times = self._coordinator.advise(corrected=True)
            for _ in range(times):
                self._note("advise", messageId=str(message.id))
            self.post.advice(str(message.id), times)
        except (PlayFailed, Waited) as error:
            self.failed.append(str(error))

    def send_wrong(self, stranger: Person, wrong: str) -> None:
        """Send a message that must take no effect."""
        [referral, *_] = stranger.referrals
        message = submission(referral, self.house)
        try:
            if wrong == NO_USER_ID:
                self._send(message, sent_as(referral), wrong=wrong)
                return
            message = WRONGS[wrong](message, self.house)
            self._send(message, sent_as(referral), wrong=wrong)
            if message.id:
                self.post.answer(self._user(message), str(message.id))
        except Waited as error:
            self.failed.append(str(error))

    def answer_request(self, request: Heard) -> None:
        """A municipality answers what it is asked."""
        partner = request["user"].partition(".")[2]
        message = answer(self.house, partner, request, [])
        try:
            self._send(message, ANSWERS[request["type"]], about=request["data"]["requestId"])
            self.post.answer(self._user(message), str(message.id))
            self._afterwards.note_answer(request["caseId"], message)
        except Waited as error:
            self.failed.append(str(error))

    def ask_again(self, user: str, number: int, on: date) -> None:
        """A partner that has lost an answer asks for its stream again from there."""
        partner = user.partition(".")[2]
        request = letter(self.house, partner, REPLAY, on, {"fromSequence": number})
        try:
            self._send(request, REPLAY)
            self.post.answer(user, str(request.id))
        except Waited as error:
            self.failed.append(str(error))

    def _refer(self, person: Person, number: int, referral: Referral) -> Letter:
        message = submission(referral, self.house)
        times = 2 if person.sent_twice and number == 1 else 1
        known = {"person": str(person.number), "number": number, "times": times, "weighed": bool(referral.tablings)}
        self._send(message, sent_as(referral), **known)
        return message

    def _work(self, person: Person, messages: Iterable[Letter]) -> str:
        """The case of it all."""
        case_id = ""
        cases: dict[str, tuple[TableCase, str]] = {}
        for referral, message in zip(person.referrals, messages, strict=True):
            referral_id = self._registered(message)
            case_id = str(self.post.answer(self._user(message), str(message.id))["caseId"])
            heard = 0
            for nth, tabling in enumerate(referral.tablings, start=1):
                self._decide(referral, referral_id, tabling, nth, cases)
                heard += 2 if tabling.corrects else 1
                self.post.feedback(str(message.id), heard)
            if referral.detention:
                self._see_to_aftercare(referral, referral_id)
                self._helpers.help(referral, case_id)
        for case, table_case_id in cases.values():
            if person.number % OF_EACH == SUPPLEMENTED:
                self._add_to_answer(case_id, table_case_id)
            assert case.closed_on
            self._directors.close(case, case.closed_on, table_case_id)
            self._note("close", tableCaseId=table_case_id)
        return case_id

    def _registered(self, message: Letter) -> str:
        """The referral that a message brought."""
        receipt = self.post.answer(self._user(message), str(message.id))
        if "referralId" not in receipt["data"]:
            raise Waited(f"message {message.id} to be accepted")
        return str(receipt["data"]["referralId"])

    def _decide(
        self, referral: Referral, referral_id: str, tabling: Tabling, nth: int, cases: dict[str, tuple[TableCase, str]]
    ) -> None:
        table = self.house.decisions[tabling.decision].opens_table
        decided = tabling.as_recorded
        self._team.decide(referral_id, decided)
        self._note("decide", referralId=referral_id, tabling=nth, decision=decided.decision, opens=table)
        if tabling.corrects:
            self._team.correct(referral_id, nth, tabling)
            self._note("correct", referralId=referral_id, tabling=nth, decision=tabling.decision)
        if not table:
            return
        table_case_id = self._directors.find(referral_id)
        if table not in cases:
            cases[table] = self._table_case(referral, tabling, table), table_case_id
            self._directors.hold_session(cases[table][0], table_case_id)
            self._directors.agree_on_plan(cases[table][0], table_case_id)
            self._note("agree_on_plan", tableCaseId=table_case_id)

    def _add_to_answer(self, case_id: str, table_case_id: str) -> None:
        """The municipality knows more, once the team has decided."""
        first = self._afterwards.answer_on(case_id)
        message = supplement(self.house, first.partner, first)
        self._send(message, ANSWER_PER_SERVICE)
        self.post.answer(self._user(message), str(message.id))
        self._afterwards.see_supplement(case_id, table_case_id)

    def _take_call(self, referral: Referral, case_id: str) -> None:
        referral_id = self._officers.register(referral, case_id)
        [tabling] = referral.tablings
        self._decide(referral, referral_id, tabling, 1, {})
        self._officers.tell(referral_id, tabling.decision)

    def _list_suspects(self, known: Referral, stranger: Subject, case_id: str) -> None:
        """One list, sent twice as after a lost receipt."""
        listed = SuspectList(on=known.received_on, partner=PROSECUTOR, suspects=(known.subject, stranger))
        message = suspects(listed, self.house)
        self._send(message, SUSPECTS, times=2, about=case_id, stranger=stranger.family_name)
        self.post.answer(self._user(message), str(message.id))
        self.post.send_again(self._user(message), message.body)

    def _table_case(self, referral: Referral, tabling: Tabling, table: str) -> TableCase:
        place = self.house.places[referral.subject.place]
        session_on = next_working_day(tabling.on + SESSION_AFTER)
        scored = table in self.house.scored
        return TableCase(
            referral=referral.number,
            table=table,
            sub_region=place.sub_region,
            opened_on=tabling.on,
            session_on=session_on,
            case_holder=place.contact or referral.partner,
            referrer=referral.partner,
            domains=self.house.life_domains[:2],
            closed_on=session_on + CLOSED_AFTER,
            outcome=frozenset({"progress_made"}) if scored else None,
        )

    def _see_to_aftercare(self, referral: Referral, referral_id: str) -> None:
        detention = referral.detention
        assert detention and detention.release_changes_on and detention.released_on and detention.plan_on
        detention_id = self._coordinator.find(referral_id, detention)
        self._coordinator.change_release_date(
            referral.partner, detention_id, detention.release_changes_on, detention.released_on
        )
        self._note("change_release_date", detentionId=detention_id)
        self._coordinator.make_plan(detention, detention_id, detention.plan_on)
        self._note("make_plan", detentionId=detention_id)

    def _send(self, message: Letter, type: str, **known: Any) -> None:
        unknown = {"person": None, "number": None, "wrong": None, "times": 1, "weighed": False, "about": None}
        self.post.send(
            self._user(message),
            message.body,
            with_user_id=known.get("wrong") != NO_USER_ID,
            **unknown | {"id": message.id and str(message.id), "type": type} | known,
        )

    def _user(self, message: Letter) -> str:
        return f"{self.house.house}.{message.partner}"

    def _note(self, what: str, **known: Any) -> None:
        self.done.append({"what": what, **known})
