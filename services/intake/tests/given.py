"""What tests begin with: a house, its partners, and messages that are right until a test spoils them."""

import copy
import json
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from services.intake.house import ASKED, LATE, Disclosure, House, Municipality, Partner, Treatment
from services.intake.subjects.rules import Claim, KnownSubject, Subject
from services.intake.vault import Vault
from shared.keys import Key, Keys
from shared.messaging.event import Delivery

NOW = datetime(2015, 6, 1, 12, tzinfo=UTC)
MASTER_KEY, INDEX_KEY, MESSAGE_KEY = (Keys(Key(letter * 32, number=1)) for letter in (b"m", b"i", b"s"))
BSN, OTHER_BSN = "999990019", "999990020"

POLICE = Partner(
    id="politie",
    source="urn:nld:politie",
    may_send=frozenset(
        {"arrest-notices.submitted.v1", "current-referrals.submitted.v1", "referral-withdrawals.submitted.v1"}
    ),
    may_get=frozenset({"messages.accepted.v1", "messages.refused.v1", "feedback.given.v1"}),
)
PRISONS = Partner(
    id="dji",
    source="urn:nld:dji",
    may_send=frozenset(
        {
            "referral-withdrawals.submitted.v1",
            "detention-notices.submitted.v1",
            "release-dates.submitted.v1",
            "outflow-lists.submitted.v1",
        }
    ),
    may_get=frozenset({"messages.accepted.v1", "messages.refused.v1", "feedback.given.v1"}),
)
PROVIDER = Partner(
    id="exodus",
    source="urn:nld:exodus",
    may_send=frozenset(
        {"conversation-reports.submitted.v1", "trajectory-progress.submitted.v1", "invoices.submitted.v1"}
    ),
    may_get=frozenset({"messages.accepted.v1", "messages.refused.v1", "assignments.sent.v1"}),
)
CONTACT = Partner(
    id="gemeente",
    source="urn:nld:gemeente",
    may_send=frozenset(
        {
            "information-answers.submitted.v1",
            "information-answers.submitted.v2",
            "current-referrals.submitted.v1",
            "bij-questions.submitted.v1",
            "information-questions.submitted.v1",
        }
    ),
    may_get=frozenset(
        {
            "messages.accepted.v1",
            "messages.refused.v1",
            "information-requests.sent.v1",
            "bij-questions.answered.v1",
            "information-questions.answered.v1",
        }
    ),
)
ITEMISING = Partner(
    id="stad",
    source="urn:nld:stad",
    may_send=frozenset(
        {"information-answers.submitted.v2", "bij-questions.submitted.v1", "information-questions.submitted.v1"}
    ),
    may_get=frozenset(
        {
            "messages.accepted.v1",
            "messages.refused.v1",
            "information-requests.sent.v2",
            "information-requests.withdrawn.v1",
            "information-requests.decided.v1",
            "reminders.sent.v1",
        }
    ),
)


PROSECUTOR = Partner(
    id="om",
    source="urn:nld:om",
    may_send=frozenset({"suspect-lists.submitted.v1", "current-referrals.submitted.v1"}),
    may_get=frozenset({"messages.accepted.v1", "messages.refused.v1", "zsm-advices.sent.v1"}),
)


def house(id: str = "noord") -> House:
    return House(
        id=id,
        municipalities={
            "Dorp": Municipality(
                name="Dorp", cbs_code="GM0001", other_names=("Kerk en Dorp",), sub_region="Oost", contact="gemeente"
            ),
            "Stad": Municipality(name="Stad", sub_region="West", own_aftercare=True),
        },
        institutions={"PI Dorp": "pi_dorp", "pidorp": "pi_dorp", "pistad": "pi_stad", "jji": "jji", "other": "other"},
        youth_institutions=frozenset({"jji"}),
        partners={partner.id: partner for partner in (POLICE, PRISONS, PROVIDER, CONTACT, ITEMISING, PROSECUTOR)},
        kinds={
            "arrest_notice": Treatment(weighed="always", exceptions={"Stad": "if_worrying"}),
            "detention_notice": Treatment(weighed="always", exceptions={"Stad": "never"}),
            "current_referral": Treatment(weighed="always"),
            "stalking": Treatment(weighed="if_worrying"),
        },
        sealed_themes={"hidden": "theme_role", "trafficking": "theme_role_trafficking"},
        services=frozenset({"housing", "debts"}),
        municipal_questions={"housing": "home", "debts": None},
        withholding_grounds=frozenset({"professional_secrecy"}),
        organisation_kinds=frozenset({"school"}),
        measure_kinds=frozenset({"area_ban", "supervision_order"}),
        disclosures=(
            Disclosure(
                purpose=ASKED,
                to=frozenset({"gemeente"}),
                details=frozenset({"bsn", "family_name", "given_names", "birth_date"}),
            ),
            Disclosure(
                purpose="briefing",
                to=frozenset({"weighing_team"}),
                details=frozenset({"family_name", "concern", "offence", "risks", "urgent_because"}),
            ),
            Disclosure(
                purpose="aftercare",
                to=frozenset({"aftercare_coordinator"}),
                details=frozenset({"family_name", "outcome"}),
            ),
            Disclosure(purpose=LATE, to=frozenset({"gemeente", "stad"}), details=frozenset({"answer"})),
            Disclosure(purpose="focus", to=frozenset({"process_director"}), details=frozenset({"family_name"})),
        ),
        reference_day=(12, 31),
        readable_days=30,
        destinations=frozenset({"veilig_thuis", "neighbourhood_team"}),
        need_consent=frozenset({"neighbourhood_team"}),
        reaches={"neighbourhood_team": "via de gemeente"},
        outside_through_municipality=True,
    )


HOUSE = house()


def vault() -> Vault:
    return Vault(MASTER_KEY, INDEX_KEY)


def person(**known: Any) -> Subject:
    return Subject(**{"kind": "person", "municipality": "Dorp", **known})


def known(details: Subject, *claims: Claim) -> KnownSubject:
    """A subject of whom this is known."""
    return KnownSubject(uuid4(), uuid4(), b"", False, claims or (Claim("politie", NOW, details),), details)


NOTICE: dict[str, Any] = {
    "reference": "PL-1",
    "subject": {
        "kind": "person",
        "bsn": BSN,
        "familyName": "Jansen",
        "givenNames": "Piet",
        "birthDate": "1990-02-03",
        "sex": "man",
        "municipality": "Dorp",
    },
    "arrestedOn": "2015-05-30",
    "offence": "burglary",
}
DETENTION = {
    "reference": "DJI-1",
    "subject": NOTICE["subject"],
    "detainedOn": "2015-05-30",
    "institution": "PI Dorp",
    "expectedReleaseOn": "2015-08-01",
}


def notice(**changes: Any) -> dict[str, Any]:
    return copy.deepcopy(NOTICE) | changes


def about(**subject: Any) -> dict[str, Any]:
    """An arrest notice about this person and nothing more."""
    return notice(subject={"kind": "person", "municipality": "Dorp", **subject})


def message(
    data: Any = None, partner: Partner = POLICE, type: str = "arrest-notices.submitted.v1", **attributes: Any
) -> dict[str, Any]:
    """A CloudEvent of a partner; attributes that are None are left out."""
    document = {
        "specversion": "1.0",
        "id": str(uuid4()),
        "source": partner.source,
        "type": f"nl.ketenhuis.{type}",
        "time": "2015-06-01T09:00:00+02:00",
        "datacontenttype": "application/json",
        "data": notice() if data is None else data,
    } | attributes
    return {name: value for name, value in document.items() if value is not None}


def delivery(document: Any, partner: Partner = POLICE, house: House = HOUSE, **properties: Any) -> Delivery:
    """As the broker delivers it on the partner's queue."""
    user = house.user_of(partner.id)
    body = document if isinstance(document, bytes) else json.dumps(document).encode()
    return Delivery(**{"queue": f"intake.from.{user}", "body": body, "user_id": user, **properties})
