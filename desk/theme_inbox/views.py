"""Thema-postvak: the sealed referrals of the house, and what the theme's role decides on one."""

from functools import partial
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, make_response, render_template, url_for
from werkzeug.exceptions import Forbidden
from werkzeug.wrappers import Response as Answer

from desk.access import may, session
from desk.asking import name_in, needed, own_house
from desk.forms import DeskForm
from desk.houses import organisation_of
from desk.language import lazy
from desk.parts import parts
from desk.sending import send
from desk.theme_inbox.forms import SealForm, UnsealForm
from desk.words import TEXTS

blueprint = Blueprint("theme_inbox", __name__, template_folder="templates")

PATH = "/v1/sealed-referrals"
DEEDS = {
    "show_sealed_referral": lazy("looked"),
    "seal_referral": lazy("sealed it"),
    "unseal_referral": lazy("unsealed it"),
}


@blueprint.get("/theme-inbox")
def inbox() -> Response:
    return _list_page(DeskForm.at("theme-inbox"))


@blueprint.post("/theme-inbox")
def take_again() -> Answer:
    """Messages that could not be taken are taken again."""
    form = DeskForm.at("theme-inbox")
    return send(
        form,
        "intake",
        "/v1/sealed-messages/replays",
        {},
        then=url_for("theme_inbox.inbox"),
        again=partial(_list_page, form),
    )


@blueprint.get("/theme-inbox/<uuid:referral_id>")
def show(referral_id: UUID) -> Response:
    return _page(_sealed(referral_id), _unseal_form(referral_id))


@blueprint.post("/theme-inbox/<uuid:referral_id>")
def unseal(referral_id: UUID) -> Answer:
    """It goes to the next briefing, as a new referral."""
    sealed, form = _sealed(referral_id), _unseal_form(referral_id)
    path = f"{PATH}/{referral_id}/unsealing"
    again, then = partial(_page, sealed, form), url_for("theme_inbox.inbox")
    return send(form, "intake", path, form.command, then=then, again=again)


@blueprint.get("/referrals/<uuid:referral_id>/sealing")
def begin_sealing(referral_id: UUID) -> Response:
    return _sealing_page(_open(referral_id), _seal_form(referral_id))


@blueprint.post("/referrals/<uuid:referral_id>/sealing")
def seal(referral_id: UUID) -> Answer:
    """Others see it no more."""
    referral, form = _open(referral_id), _seal_form(referral_id)
    body = partial(form.command_on, str(referral_id))
    again, then = partial(_sealing_page, referral, form), url_for("theme_inbox.show", referral_id=referral_id)
    return send(form, "intake", PATH, body, then=then, again=again)


def _sealed(referral_id: UUID) -> Any:
    own_house()
    return needed(parts().services.get("intake", f"{PATH}/{referral_id}"))


def _open(referral_id: UUID) -> Any:
    own_house()
    if not may("intake.SEAL"):
        raise Forbidden
    return needed(parts().services.get("intake", f"/v1/referrals/{referral_id}"))


def _unseal_form(referral_id: UUID) -> UnsealForm:
    return UnsealForm.at(f"unsealing/{referral_id}")


def _seal_form(referral_id: UUID) -> SealForm:
    form = SealForm.at(f"sealing/{referral_id}")
    capacity = session().capacity
    form.offer(own_house(), capacity.functions if capacity else ())
    return form


def _list_page(form: DeskForm, status: int = 200) -> Response:
    own_house()
    listed = needed(parts().services.get("intake", PATH))
    page = render_template("theme_inbox/list.html", listed=listed, form=form, unsure=status == 503)
    return make_response(page, status)


def _page(sealed: Any, form: UnsealForm, status: int = 200) -> Response:
    page = render_template(
        "theme_inbox/referral.html",
        sealed=sealed,
        form=form,
        name_in=name_in,
        organisation=lambda id: organisation_of(id, parts().houses),
        TEXTS=TEXTS | {"because": lazy("Why")},
        DEEDS=DEEDS,
        unsure=status == 503,
    )
    return make_response(page, status)


def _sealing_page(referral: Any, form: SealForm, status: int = 200) -> Response:
    page = render_template("theme_inbox/seal.html", referral=referral, form=form, unsure=status == 503)
    return make_response(page, status)
