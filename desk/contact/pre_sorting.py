"""A referral that is weighed only if it is worrying: somebody reads it, and says whether it is."""

from functools import partial
from typing import Any
from uuid import UUID

from flask import Response, make_response, render_template, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as Answer

from desk.asking import name_in, names_and_texts, needed, own_purpose
from desk.contact.forms import WorryForm
from desk.contact.views import HELD_BACK, blueprint
from desk.parts import parts
from desk.sending import send
from desk.services import Missing
from desk.words import TEXTS


@blueprint.get("/referrals/<uuid:referral_id>/worry")
def begin_to_say(referral_id: UUID) -> Response:
    return _page(_held_back(referral_id), _form(referral_id))


@blueprint.post("/referrals/<uuid:referral_id>/worry")
def say_worrying(referral_id: UUID) -> Answer:
    """Send the referral to a briefing, or not."""
    held, form = _held_back(referral_id), _form(referral_id)
    path, again = f"/v1/referrals/{referral_id}/worry", partial(_page, held, form)
    return send(form, "intake", path, form.command, then=url_for("work.show"), again=again)


def _held_back(referral_id: UUID) -> Any:
    """Missing if intake does not answer. Raises NotFound if the referral waits for nobody to say so, Forbidden."""
    found = needed(parts().services.get("intake", HELD_BACK))
    if isinstance(found, Missing):
        return found
    for held in (*found["waiting"], *found["notWorrying"]):
        if held["referralId"] == str(referral_id):
            return held
    raise NotFound


def _form(referral_id: UUID) -> WorryForm:
    return WorryForm.at(f"worry/{referral_id}")


def _page(held: Any, form: WorryForm, status: int = 200) -> Response:
    ids = () if isinstance(held, Missing) else ([held["subjectId"]], held["contributionIds"])
    told = names_and_texts(*ids, own_purpose()) if ids else ({}, {})
    form.version.data = None if isinstance(held, Missing) else held["version"]  # that of the texts on the page
    page = render_template(
        "contact/worry.html",
        held=held,
        form=form,
        names=told[0],
        texts=told[1],
        TEXTS=TEXTS,
        name_in=name_in,
        unsure=status == 503,
    )
    return make_response(page, status)
