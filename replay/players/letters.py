"""What partners write: CloudEvents in JSON, right ones and wrong ones."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from replay.house import House
from replay.referrals import SENT_AS
from replay.script import Referral, Subject, WrongMessage

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
ANSWER = "information-answers.submitted.v1"


@dataclass(frozen=True)
class Letter:
    """A message of a partner. `id` is None when the platform can't read one in it."""

    partner: str
    id: UUID | None
    body: bytes


def submission(referral: Referral, house: House) -> Letter:
    """The notice or referral, as its partner sends it."""
    data = {"reference": f"{house.house[:20]}-{referral.number}", "subject": _described(referral.subject)}
    data |= _particulars(referral)
    return letter(house, referral.partner, SENT_AS[referral.kind], referral.received_on, data)


def answer(house: House, partner: str, request: Mapping[str, Any], involved: list[str]) -> Letter:
    """A municipal contact's answer to an information request, in time."""
    day = date.fromisoformat(request["answerBy"])
    data = {"requestId": request["requestId"], "answeredOn": day.isoformat(), "involved": involved}
    return letter(house, partner, ANSWER, day, data)


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
        "time": datetime.combine(day, time(10), AMSTERDAM).isoformat(),
        "datacontenttype": "application/json",
        "data": data,
    }
    return Letter(partner, message_id, json.dumps(document).encode())


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
    if referral.kind == "current_referral":
        return {"concern": referral.text} | ({"theme": referral.theme} if referral.theme else {})
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
