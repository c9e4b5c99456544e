"""What partners write: CloudEvents in JSON, right ones and wrong ones."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from csv import DictWriter
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from io import StringIO
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from replay.besides import BIJ, SUSPECTS
from replay.house import House
from replay.referrals import SENT_AS, sent_as
from replay.script import Assignment, BijQuestion, Referral, Report, Subject, SuspectList, WrongMessage
from shared.business_dates import dutch_date

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
TEN, OVER_AFTER = time(10), timedelta(hours=13)
"""When partners write, and after how much of a day that is over by any clock."""
ANSWER, ANSWER_PER_SERVICE = "information-answers.submitted.v1", "information-answers.submitted.v2"
ANSWERS = {"information-requests.sent.v1": ANSWER, "information-requests.sent.v2": ANSWER_PER_SERVICE}
"""How each version of an information request is answered."""
REQUESTS = frozenset(ANSWERS)
WITHDRAWAL = "referral-withdrawals.submitted.v1"
RELEASE_DATE, OUTFLOW_LIST = "release-dates.submitted.v1", "outflow-lists.submitted.v1"
CONVERSATION, PROGRESS = "conversation-reports.submitted.v1", "trajectory-progress.submitted.v1"
INVOICE = "invoices.submitted.v1"
OUTFLOW_COLUMNS = (
    "bsn",
    "family_name",
    "given_names",
    "birth_date",
    "sex",
    "municipality",
    "institution",
    "detained_on",
    "released_on",
)
NOT_LISTED = ("kind", "municipality")
"""Not told of a suspect."""
ROWS_IN_A_PART = 300
"""Of an outflow list: a message may have 64 KB."""


@dataclass(frozen=True)
class Letter:
    """A message of a partner. `id` is None when the platform can't read one in it."""

    partner: str
    id: UUID | None
    body: bytes


def submission(referral: Referral, house: House) -> Letter:
    """The notice or referral, as its partner sends it."""
    data: dict[str, Any] = {
        "reference": f"{house.house[:20]}-{referral.number}",
        "subject": _described(referral.subject),
    }
    data |= _particulars(referral)
    if house.weighed(referral.kind, referral.subject.place) == "if_worrying" and not referral.held_back:
        data["worrying"] = True
    return letter(house, referral.partner, sent_as(referral.kind), referral.received_on, data)


def day_over(by: datetime | None = None) -> date:
    """The last day of which the morning is over by then and by any clock; what is in the future is refused."""
    now = datetime.now(AMSTERDAM)
    return dutch_date(min(by or now, now) - OVER_AFTER)


def answer(house: House, partner: str, request: Mapping[str, Any], involved: list[str]) -> Letter:
    """A municipal contact's answer to an information request, in its version. request: the whole message.

    Of the last morning that is over also by a clock that is two hours behind: what is in the future is refused. Not of
    the day on which the answer is due: for a referral of a past year, that is a day to come.
    """
    asked_at = datetime.fromisoformat(request["time"])
    day = day_over(asked_at)
    data: dict[str, Any] = {"requestId": request["data"]["requestId"], "answeredOn": day.isoformat()}
    if "services" not in request["data"]:
        return letter(house, partner, ANSWER, day, data | {"involved": involved})
    services = [
        {"service": asked["service"], "answer": "known" if asked["service"] in involved else "nothing_known"}
        for asked in request["data"]["services"]
    ]
    return letter(house, partner, ANSWER_PER_SERVICE, day, data | {"services": services})


def supplement(house: House, partner: str, first: Letter) -> Letter:
    """What a municipal contact adds to its answer: one more of its services knows the person. first: the answer."""
    told = json.loads(first.body)["data"]
    services = [{"service": house.information_services[0], "answer": "known", "text": "Ook hier bekend, sinds kort."}]
    data = {"requestId": told["requestId"], "answeredOn": told["answeredOn"], "services": services}
    return letter(house, partner, ANSWER_PER_SERVICE, date.fromisoformat(told["answeredOn"]), data)


def withdrawal(referral: Referral, referral_id: str, house: House) -> Letter:
    """That its sender withdraws a referral. referral_id: as in the receipt."""
    assert referral.withdrawn_on
    data = {"reference": f"{house.house[:20]}-{referral.number}-in", "referralId": referral_id}
    return letter(house, referral.partner, WITHDRAWAL, referral.withdrawn_on, data | {"because": "Bij vergissing."})


def suspects(listed: SuspectList, house: House) -> Letter:
    """The list of suspects of a day."""
    rows = [_described(suspect) for suspect in listed.suspects]
    data = {
        "reference": f"{house.house[:20]}-zsm-{listed.on}",
        "listedOn": listed.on.isoformat(),
        "suspects": [{name: told for name, told in row.items() if name not in NOT_LISTED} for row in rows],
    }
    return letter(house, listed.partner, SUSPECTS, listed.on, data)


def bij_question(asked: BijQuestion, house: House) -> Letter:
    """What a municipality asks the house."""
    data = {
        "reference": f"{house.house[:20]}-bij-{asked.on}",
        "askedBy": "J. de Wit",
        "about": f"{asked.about.given_names} {asked.about.family_name}",
        "question": "Wat is nodig voor een rustige terugkeer?",
    }
    return letter(house, asked.partner, BIJ, asked.on, data)


def release_date(referral: Referral, house: House) -> Letter:
    """That somebody's release date has changed, from whoever told of the detention."""
    detention = referral.detention
    assert detention and detention.release_changes_on and detention.released_on
    data = {
        "reference": f"{house.house[:20]}-{referral.number}-vi",
        "subject": _described(referral.subject),
        "detainedOn": detention.detained_on.isoformat(),
        "releaseOn": detention.released_on.isoformat(),
    }
    return letter(house, referral.partner, RELEASE_DATE, detention.release_changes_on, data)


def outflow_list(house: House, partner: str, year: int, released: Sequence[Referral]) -> list[Letter]:
    """All that were released in a year, as told in the next, in as many parts as it takes."""
    rows = [_released(referral) for referral in released]
    starts = range(0, len(rows), ROWS_IN_A_PART)
    return [
        letter(
            house,
            partner,
            OUTFLOW_LIST,
            date(year + 1, 1, 15),
            {
                "reference": f"{house.house[:20]}-{year}-{part}",
                "year": year,
                "part": part,
                "parts": len(starts),
                "list": _csv(rows[start : start + ROWS_IN_A_PART]),
            },
        )
        for part, start in enumerate(starts, start=1)
    ]


def report(house: House, assignment: Assignment, assignment_id: str, told: Report) -> Letter:
    """What a provider reports of an assignment."""
    data: dict[str, Any] = {"reference": f"{assignment.referral}-{told.step}", "assignmentId": assignment_id}
    if assignment.kind:
        data |= {"on": told.on.isoformat(), "step": told.step} | ({"result": told.result} if told.result else {})
    else:
        data |= {"heldOn": told.on.isoformat(), "needs": list(assignment.needs), "offered": True}
        data |= {"accepted": told.accepted, "outcome": "Hulpvragen doorgenomen."}
    return letter(
        house, house.providers[assignment.provider], PROGRESS if assignment.kind else CONVERSATION, told.on, data
    )


def invoice(house: House, assignment: Assignment, assignment_id: str) -> Letter:
    """What a provider asks for its work, all at once."""
    data = {
        "reference": f"{assignment.referral}-factuur",
        "assignmentId": assignment_id,
        "number": f"{assignment.line[:20]}-{assignment.referral}",
        "amount": euros(assignment.cost),
        "invoicedOn": assignment.invoiced_on.isoformat(),
    }
    return letter(house, house.providers[assignment.provider], INVOICE, assignment.invoiced_on, data)


def euros(amount: Decimal) -> dict[str, str]:
    """As it stands in messages and commands."""
    return {"amount": f"{amount:.2f}", "currency": "EUR"}


def wrong(message: WrongMessage, right: Referral, house: House) -> Letter:
    """A right message made wrong in one way, the `wrong` of the script."""
    return WRONGS[message.wrong](submission(right, house), house)


def letter(house: House, partner: str, type: str, day: date, data: dict[str, Any]) -> Letter:
    """Any message of a partner, at ten in the morning of that day."""
    message_id = uuid4()
    document = {
        "specversion": "1.0",
        "id": str(message_id),
        "source": house.partners[partner].source,
        "type": f"nl.ketenhuis.{type}",
        "time": datetime.combine(day, TEN, AMSTERDAM).isoformat(),
        "datacontenttype": "application/json",
        "data": data,
    }
    return Letter(partner, message_id, json.dumps(document).encode())


def _released(referral: Referral) -> dict[str, Any]:
    person = _described(referral.subject)
    detention = referral.detention
    assert detention
    return {
        "bsn": person.get("bsn"),
        "family_name": person["familyName"],
        "given_names": person.get("givenNames"),
        "birth_date": person.get("birthDate"),
        "sex": person.get("sex"),
        "municipality": person["municipality"],
        "institution": detention.institution,
        "detained_on": detention.detained_on,
        "released_on": detention.left_on,
    }


def _csv(rows: Iterable[Mapping[str, Any]]) -> str:
    text = StringIO()
    writer = DictWriter(text, OUTFLOW_COLUMNS, delimiter=";")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def _described(subject: Subject) -> dict[str, Any]:
    described = {
        "kind": "family" if subject.is_family else "person",
        "bsn": subject.bsn,
        "familyName": subject.family_name,
        "givenNames": subject.given_names,
        "birthDate": subject.birth_date and subject.birth_date.isoformat(),
        "sex": None if subject.is_family else subject.sex,
        "municipality": subject.place,
    }
    return {name: value for name, value in described.items() if value is not None}


def _particulars(referral: Referral) -> dict[str, Any]:
    if referral.kind == "arrest_notice":
        return {"arrestedOn": referral.received_on.isoformat(), "offence": referral.text}
    if sent_as(referral.kind) == SENT_AS["current_referral"]:
        theme = None if referral.sealed_on else referral.theme
        told = {"theme": theme, "kind": None if referral.kind in SENT_AS else referral.kind}
        return {"concern": referral.text} | {name: code for name, code in told.items() if code}
    detention = referral.detention
    if detention is None:
        raise ValueError(f"referral {referral.number}: a detention notice without a detention")
    release = detention.expected_release_on
    return {"detainedOn": detention.detained_on.isoformat(), "institution": detention.institution} | (
        {"expectedReleaseOn": release.isoformat()} if release else {}
    )


def _changed(change: Callable[[dict[str, Any]], None]) -> Callable[[Letter, House], Letter]:
    def make(letter: Letter, house: House) -> Letter:
        document = json.loads(letter.body)
        change(document)
        return Letter(letter.partner, letter.id, json.dumps(document).encode())

    return make


def _in_subject(**fields: str) -> Callable[[Letter, House], Letter]:
    return _changed(lambda document: document["data"]["subject"].update(fields))


def _not_json(letter: Letter, house: House) -> Letter:
    return Letter(letter.partner, None, letter.body[:-1])


def _another_partners_name(letter: Letter, house: House) -> Letter:
    other = next(partner for partner in house.partners.values() if partner.id != letter.partner)
    return _changed(lambda document: document.update(source=other.source))(letter, house)


def _too_large(letter: Letter, house: House) -> Letter:
    return Letter(letter.partner, None, letter.body.ljust(65 * 1024))


def _too_deep(letter: Letter, house: House) -> Letter:
    deep: Any = "bottom"
    for _ in range(40):
        deep = [deep]
    changed = _changed(lambda document: document["data"].update(reference=deep))(letter, house)
    return Letter(changed.partner, None, changed.body)


WRONGS: dict[str, Callable[[Letter, House], Letter]] = {
    "not JSON": _not_json,
    "no CloudEvent": _changed(lambda document: document.pop("specversion")),
    "unknown type": _changed(lambda document: document.update(type="nl.ketenhuis.greetings.sent.v1")),
    "missing field": _changed(lambda document: document["data"].pop("reference")),
    "unknown field": _changed(lambda document: document["data"].update(colour="blue")),
    "BSN that fails its test": _in_subject(bsn="999999999"),
    "unknown municipality": _in_subject(municipality="Nergenshuizen"),
    "date in the future": _changed(lambda document: document.update(time="2999-01-01T10:00:00+01:00")),
    "another partner's name": _another_partners_name,
    "too large": _too_large,
    "too deep": _too_deep,
}
