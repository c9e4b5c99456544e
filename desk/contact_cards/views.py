"""Contactpersonen: who of a partner can be called; kept by the house, and by a partner for itself."""

from functools import partial
from itertools import chain
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, make_response, render_template, url_for
from werkzeug.exceptions import Forbidden, NotFound
from werkzeug.wrappers import Response as Answer

from desk.access import may, session
from desk.asking import contact_cards, needed, own_house
from desk.clicks import ClickForm
from desk.contact_cards.forms import WORDS, CardForm, NewCardForm, fields_of
from desk.sending import send
from desk.services import Missing

blueprint = Blueprint("contact_cards", __name__, template_folder="templates")

PATH = "/v1/contact-cards"
OUTDATED = 412


class RemovalForm(ClickForm):
    refusals = WORDS


@blueprint.get("/contact-cards")
def show() -> Response:
    return _list(None)


@blueprint.get("/contact-cards/new")
def begin() -> Response:
    return _adding(_new_form())


@blueprint.post("/contact-cards/new")
def add() -> Answer:
    """Add somebody of a partner."""
    form = _new_form()
    again, then = partial(_adding, form), url_for("contact_cards.show")
    return send(form, "intake", PATH, form.command, then=then, again=again)


@blueprint.get("/contact-cards/<uuid:contact_card_id>")
def one(contact_card_id: UUID) -> Response:
    return _page(contact_card_id)


@blueprint.post("/contact-cards/<uuid:contact_card_id>")
def change(contact_card_id: UUID) -> Answer:
    """Change how somebody is reached."""
    form = _form(contact_card_id)
    path, version = f"{PATH}/{contact_card_id}/changes", int(form.version.data or 0)
    again, then = partial(_page, contact_card_id, form), url_for("contact_cards.show")
    return send(form, "intake", path, form.command, then=then, again=again, version=version)


@blueprint.post("/contact-cards/<uuid:contact_card_id>/removal")
def remove(contact_card_id: UUID) -> Answer:
    """Remove somebody who left."""
    form, path = RemovalForm.at(""), f"{PATH}/{contact_card_id}/removal"
    return send(form, "intake", path, {}, then=url_for("contact_cards.show"), again=partial(_list, form))


def _new_form() -> NewCardForm:
    """Of a partner's person it is that partner."""
    house, organisation = own_house(), session().person.organisation
    form = NewCardForm.at("contact-card")
    form.offer([each for each in house.partners if organisation in (house.house, each.id)])
    return form


def _form(contact_card_id: UUID, known: Any = None) -> CardForm:
    """known: the card as it stands, for a form that is begun."""
    return CardForm.at(f"contact-card/{contact_card_id}", **(fields_of(known) if known else {}))


def _list(sent: RemovalForm | None, status: int = 200) -> Response:
    own_house()
    cards = needed(contact_cards())
    page = render_template("contact_cards/list.html", cards=cards, sent=sent, may=may, unsure=status == 503)
    return make_response(page, status)


def _known(contact_card_id: UUID) -> Any:
    """The card as it stands; None if it was removed, Missing if intake does not tell it."""
    cards = needed(contact_cards())
    if isinstance(cards, Missing):
        return cards
    return next((each for each in chain(*cards.values()) if each["contactCardId"] == str(contact_card_id)), None)


def _adding(form: NewCardForm, status: int = 200) -> Response:
    if not may("intake.KEEP_CONTACTS"):
        raise Forbidden
    return make_response(render_template("contact_cards/new.html", form=form, unsure=status == 503), status)


def _page(contact_card_id: UUID, sent: CardForm | None = None, status: int = 200) -> Response:
    """sent: the form that was sent, with what is wrong in it. Raises NotFound once the card was removed."""
    if not may("intake.KEEP_CONTACTS"):
        raise Forbidden
    own_house()
    known = _known(contact_card_id)
    if known is None and sent is None:
        raise NotFound
    card = None if isinstance(known, Missing) else known
    form = sent or _form(contact_card_id, card)
    if card and status == OUTDATED:
        form.version.data = card["version"]
    page = render_template("contact_cards/one.html", card=card, form=form, id=contact_card_id, unsure=status == 503)
    return make_response(page, 422 if status == OUTDATED else status)
