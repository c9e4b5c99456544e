"""All partners of a house together: they send what the script says and answer what they are asked."""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from random import Random
from typing import Any

import pika

from replay.house import House
from replay.players.letters import (
    ANSWER,
    ANSWER_PER_SERVICE,
    REQUESTS,
    Letter,
    answer,
    submission,
    supplement,
    wrong,
)
from replay.players.partner import PartnerSystem
from replay.players.platform import PATIENCE_SECONDS, PAUSE_SECONDS, Platform, PlayFailed
from replay.script import Referral, WrongMessage
from shared.business_dates import dutch_date, today
from shared.working_days import is_working_day, working_day_before

FEEDBACK, REMINDER = "feedback.given.v1", "reminders.sent.v1"
SUPPLEMENTED = 0.1
"""How many of the answers get a supplement."""


class Partners:
    """Every partner's system, opened when it is first needed."""

    def __init__(self, platform: Platform, house: House, random: Random) -> None:
        self._platform = platform
        self._house = house
        self._random = random
        self._systems: dict[str, PartnerSystem] = {}
        self._requests_due: dict[str, int] = {}
        self._answered: set[str] = set()
        self._feedback_due: dict[str, int] = {}
        self.referral_ids: dict[int, str] = {}

    def bring_in(self, referrals: Iterable[Referral]) -> None:
        """Send these, and wait for the receipts, which tell the referral ids."""
        letters = [(referral, submission(referral, self._house)) for referral in referrals]
        for _, letter in letters:
            self._send(letter)
        self._wait_for_answers()
        for referral, letter in letters:
            self.registered(referral, str(self._receipt(letter)["referralId"]))

    def registered(self, referral: Referral, referral_id: str) -> None:
        """The house knows a referral under this id; partners are asked about what comes on an agenda."""
        self.referral_ids[referral.number] = referral_id
        if referral.reaches_agenda:
            self.expect_request(referral)

    def send_wrong(self, message: WrongMessage, right: Referral) -> None:
        """Send a message that must be refused, and see that it is."""
        letter = wrong(message, right, self._house)
        self._send(letter)
        self._wait_for_answers()
        if letter.id in self._systems[letter.partner].accepted:
            raise PlayFailed(f"a message with «{message.wrong}» was accepted")

    def send(self, letters: Sequence[Letter]) -> None:
        """Send these and see each accepted."""
        for each in letters:
            self._send(each)
        self._wait_for_answers()
        for each in letters:
            self._receipt(each)

    def ask(self, letter: Letter, answer: Callable[[], int]) -> None:
        """Ask the house on a BIJ notice, and hear what it answers. answer: does it; gives how often it told."""
        self.send([letter])
        times, answers = answer(), self._system(letter.partner).bij_answers
        self._wait(lambda: times - [*answers.values()].count(str(letter.id)), "answers to a BIJ question")

    def wait_for_assignment(self, partner: str, assignment_id: str) -> None:
        """A provider reports on nothing that it was not given."""
        system = self._system(partner)
        self._wait(lambda: int(assignment_id not in system.assignments), "assignments")

    def wait_for_advice(self, partner: str, advice_id: str) -> None:
        """The prosecutor hears that a table advises."""
        system = self._system(partner)
        self._wait(lambda: int(advice_id not in system.advices), "ZSM advices")

    def expect_request(self, referral: Referral) -> None:
        """The municipality is asked about each referral that comes on an agenda, and about what comes back."""
        contact = self._house.places[referral.subject.place].contact
        if contact and not REQUESTS.isdisjoint(self._house.partners[contact].may_get):
            self._requests_due[contact] = self._requests_due.get(contact, 0) + 1

    def expect_feedback(self, referral: Referral, times: int = 1) -> None:
        """The referrer always hears what was decided, and what of it was wrong."""
        if FEEDBACK in self._house.partners[referral.partner].may_get:
            self._feedback_due[referral.partner] = self._feedback_due.get(referral.partner, 0) + times

    def wait_for_feedback(self) -> None:
        self._wait(
            lambda: sum(due - len(self._system(partner).feedback) for partner, due in self._feedback_due.items()),
            "feedback",
        )
        for partner in self._feedback_due:
            for told in self._system(partner).feedback.values():
                self._check_told(partner, told)

    def _check_told(self, partner: str, told: dict[str, Any]) -> None:
        """Who refers hears where a referral belongs, and when it comes back. Raises PlayFailed."""
        reason = next((each for each in self._house.reasons if each.code == told.get("reason")), None)
        wanted = {"reroutedTo": reason.needs_destination, "comesBackOn": reason.comes_back} if reason else {}
        if missing := [name for name, is_wanted in wanted.items() if is_wanted and not told.get(name)]:
            raise PlayFailed(f"{partner} was not told {missing[0]}")

    def close(self) -> None:
        for system in self._systems.values():
            system.close()

    def _send(self, letter: Letter) -> None:
        self._system(letter.partner).send(letter)

    def _receipt(self, letter: Letter) -> dict[str, Any]:
        system = self._systems[letter.partner]
        receipt = system.accepted.get(letter.id) if letter.id else None
        if receipt is None:
            problems = system.refused[letter.id]["problems"] if letter.id else []
            raise PlayFailed(f"a message of {letter.partner} was refused: {problems}")
        return receipt

    def be_reminded(self, remind_on: Callable[[date], None]) -> None:
        """Answer nothing until the first answers are nearly due: who gets reminders is told once of each.

        remind_on: has partners reminded as on that day.
        """
        self._wait_for_requests()
        due = {id: _due_on(each) for partner in self._requests_due for id, each in self._unanswered(partner).items()}
        if not due:
            return
        first = min(due.values())
        remind_on(before if (before := working_day_before(first)) > today() else first)
        for partner in self._requests_due:
            if REMINDER in self._house.partners[partner].may_get:
                self._wait_for_reminders(partner, {id for id in self._unanswered(partner) if due[id] == first})

    def answer_requests(self) -> None:
        """Wait for all that partners are asked, and answer it; some add to their answer."""
        self._wait_for_requests()
        answers = [letter for partner in self._requests_due for letter in self._answers(partner)]
        self.send(answers)
        self.send([supplement(self._house, each.partner, each) for each in answers if self._adds_to(each)])

    def _answers(self, partner: str) -> Iterator[Letter]:
        if ANSWER in self._house.partners[partner].may_send:
            for request_id, request in self._unanswered(partner).items():
                _check_due(partner, request)
                self._answered.add(request_id)
                yield answer(self._house, partner, request, self._involved())

    def _unanswered(self, partner: str) -> dict[str, dict[str, Any]]:
        """What a partner is asked, by the request's id."""
        asked = self._system(partner).requests
        return {id: request for id, request in asked.items() if id not in self._answered}

    def _adds_to(self, answered: Letter) -> bool:
        may = ANSWER_PER_SERVICE in self._house.partners[answered.partner].may_send
        return may and self._random.random() < SUPPLEMENTED

    def _involved(self) -> list[str]:
        services = self._house.information_services
        return self._random.sample(services, self._random.randint(0, min(2, len(services))))

    def _wait_for_requests(self) -> None:
        self._wait(
            lambda: sum(due - len(self._system(partner).requests) for partner, due in self._requests_due.items()),
            "information requests",
        )

    def _wait_for_reminders(self, partner: str, request_ids: set[str]) -> None:
        reminders = self._system(partner).reminders
        self._wait(lambda: len(request_ids - set(reminders.values())), "reminders")
        if len(set(reminders.values())) < len(reminders):
            raise PlayFailed(f"{partner} was reminded twice of the same question")

    def _wait_for_answers(self) -> None:
        self._wait(lambda: sum(system.waits for system in self._systems.values()), "answers")

    def _wait(self, missing: Callable[[], int], what: str) -> None:
        """Listen until nothing is missing; gives up when nothing has come for long."""
        least, since = missing(), time.monotonic()
        while (left := missing()) > 0:
            if left < least:
                least, since = left, time.monotonic()
            if time.monotonic() - since > PATIENCE_SECONDS:
                raise PlayFailed(f"partners wait for {left} {what} in vain")
            for system in self._systems.values():
                system.listen()
            time.sleep(PAUSE_SECONDS / 10)

    def _system(self, partner: str) -> PartnerSystem:
        if partner not in self._systems:
            user = f"{self._house.house}.{partner}"
            parameters = pika.URLParameters(self._platform.amqp_url(user))
            parameters.heartbeat = 0  # a partner that has nothing to do for a while is not gone
            self._systems[partner] = PartnerSystem(lambda: pika.BlockingConnection(parameters), user)
        return self._systems[partner]


def _due_on(request: dict[str, Any]) -> date:
    return date.fromisoformat(request["data"]["answerBy"])


def _check_due(partner: str, request: dict[str, Any]) -> None:
    """An answer is due on a working day after the day of the question. Raises PlayFailed."""
    due_on, asked_on = _due_on(request), dutch_date(datetime.fromisoformat(request["time"]))
    if due_on <= asked_on or not is_working_day(due_on):
        raise PlayFailed(f"{partner} was asked on {asked_on} to answer by {due_on}")
