"""Who of a partner can be called is kept by the house and by the partner itself, and read by nobody else."""

from typing import Any
from uuid import UUID

import psycopg
import pytest
from marshmallow import ValidationError

from services.intake.contact_cards import handlers, lookups
from services.intake.contact_cards.messages import AddContactCard, ChangeContactCard, ContactCard
from services.intake.contact_cards.rules import OtherPartner, TooManyCards, UnknownContactCard
from services.intake.tests.desk import Desk
from services.intake.tests.given import CONTACT, HOUSE, ITEMISING
from shared.messaging import Rejected
from shared.messaging.outcomes import Outdated
from shared.schemas import StrictSchema, schema_of
from shared.testing.planted import WORD, tables_with_word
from shared.web import Caller

CARD: dict[str, Any] = {"name": "Nadia Quispelaar", "phone": "071-516 51 65", "hours": "ma t/m do, 9-12 uur"}
LEAVE = {"firstDay": "2015-07-06", "lastDay": "2015-07-24", "standIn": "Bram Lindenhof, 071-516 51 66"}


def caller(organisation: str, role: str, house: str = HOUSE.id) -> Caller:
    of = {"name": "Bram", "house": house, "organisation": organisation, "origin": "desk"}
    return Caller(id="bram", roles=frozenset({role}), **of)


COORDINATOR = caller(HOUSE.id, "information_coordinator")
BRAM, GOUDA = caller(CONTACT.id, "municipal_contact"), caller(ITEMISING.id, "municipal_contact")


def add(desk: Desk, by: Caller = COORDINATOR, **told: Any) -> ContactCard:
    added: AddContactCard = schema_of(AddContactCard, StrictSchema).load({**CARD, "partner": CONTACT.id, **told})
    with desk.unit() as unit:
        return handlers.add(by, added, unit)


def change(desk: Desk, before: ContactCard, by: Caller = COORDINATOR, **told: Any) -> ContactCard:
    right: ChangeContactCard = schema_of(ChangeContactCard, StrictSchema).load(CARD | told)
    with desk.unit() as unit:
        return handlers.change(by, before.contact_card_id, right, before.version, unit)


def remove(desk: Desk, contact_card_id: UUID, by: Caller = COORDINATOR) -> None:
    with desk.unit() as unit:
        handlers.remove(by, contact_card_id, unit)


def listed(desk: Desk, by: Caller = COORDINATOR) -> list[str]:
    """The names on the cards."""
    with desk.unit() as unit:
        return [each.card.name for each in lookups.contact_cards(by, unit).items]


def wrong(desk: Desk, **told: Any) -> list[tuple[str, str]]:
    with pytest.raises(Rejected) as refused:
        add(desk, **told)
    return [(problem.field, problem.code) for problem in refused.value.problems]


def test_the_house_and_the_partner_keep_the_cards_of_the_partner(desk: Desk) -> None:
    add(desk)
    own = add(desk, BRAM, name="Bram Lindenhof", mail="bram@leiden.nl", phone=None, away=LEAVE)
    add(desk, partner=ITEMISING.id, name="Els Bos")
    assert listed(desk) == ["Nadia Quispelaar", "Bram Lindenhof", "Els Bos"]
    assert listed(desk, BRAM) == ["Nadia Quispelaar", "Bram Lindenhof"]
    with desk.unit() as unit:
        seen = lookups.contact_cards(BRAM, unit).items[1]
    assert seen.card.away
    assert (seen.card.mail, seen.card.away.stand_in, seen.kept_by) == ("bram@leiden.nl", LEAVE["standIn"], "Bram")
    assert seen.contact_card_id == own.contact_card_id


def test_nobody_of_another_partner_or_house_keeps_or_sees_them(desk: Desk) -> None:
    card = add(desk)
    elsewhere = caller("zuid", "information_coordinator", "zuid")
    assert (listed(desk, GOUDA), listed(desk, elsewhere)) == ([], [])
    with pytest.raises(OtherPartner):
        add(desk, GOUDA)
    for other in (GOUDA, elsewhere):
        with pytest.raises(UnknownContactCard):
            change(desk, card, other)
        with pytest.raises(UnknownContactCard):
            remove(desk, card.contact_card_id, other)
    assert listed(desk) == ["Nadia Quispelaar"]


def test_what_a_card_said_is_sealed_and_nothing_of_it_is_kept_once_it_is_changed_or_removed(desk: Desk) -> None:
    card = add(desk, name=WORD, hours=WORD, away={**LEAVE, "standIn": WORD})
    with psycopg.connect(desk.url) as connection:
        assert tables_with_word(connection) == []
    [before] = desk.rows("SELECT data_key, card FROM contact_cards")
    right = change(desk, card, name="Els Bos")
    assert (listed(desk), right.version) == (["Els Bos"], 2)
    [after] = desk.rows("SELECT data_key, card FROM contact_cards")
    assert not set(before) & set(after)
    with pytest.raises(Outdated):
        change(desk, card)
    remove(desk, card.contact_card_id)
    assert desk.rows("SELECT FROM contact_cards") == []
    with pytest.raises(UnknownContactCard):
        remove(desk, card.contact_card_id)


def test_a_partner_has_four_cards_at_most(desk: Desk) -> None:
    first, *_ = [add(desk) for _ in range(4)]
    with pytest.raises(TooManyCards):
        add(desk)
    add(desk, partner=ITEMISING.id)
    remove(desk, first.contact_card_id)
    assert add(desk).version == 1


def test_a_card_says_how_somebody_of_a_partner_of_this_house_is_reached(desk: Desk) -> None:
    assert wrong(desk, phone=None) == [("phone", "no_way_to_reach")]
    assert wrong(desk, partner="gone") == [("partner", "unknown_partner")]
    assert wrong(desk, away={**LEAVE, "lastDay": "2015-07-05"}) == [("away.lastDay", "too_early")]


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("phone", "bel de balie", "not_a_phone_number"),
        ("phone", "071-5165165 tst 3", "not_a_phone_number"),
        ("mail", "nadia.leiden.nl", "not_a_mail_address"),
        ("mail", "nadia@leiden", "not_a_mail_address"),
        ("name", " ", "blank"),
        ("hours", "999990019", "bsn_in_text"),
    ],
)
def test_what_is_no_phone_number_or_address_is_refused_at_its_field(field: str, value: str, code: str) -> None:
    with pytest.raises(ValidationError) as refused:
        schema_of(AddContactCard, StrictSchema).load({**CARD, "partner": CONTACT.id, field: value})
    assert [reason.code for reason in refused.value.messages_dict[field]] == [code]


def test_the_card_of_a_partner_that_left_the_house_is_seen_and_removed(desk: Desk) -> None:
    card = add(desk)
    desk.rows("UPDATE contact_cards SET partner = 'gone' RETURNING 1")
    assert listed(desk) == ["Nadia Quispelaar"]
    remove(desk, card.contact_card_id)
    assert listed(desk) == []
