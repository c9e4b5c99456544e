"""A guard of a referral: the team goes on although another platform has the case, or lets the guard hold again."""

from functools import partial
from uuid import UUID

from flask import Response, make_response, render_template, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as Answer
from wtforms import TextAreaField
from wtforms.validators import InputRequired

from desk.asking import name_in, names_of, needed
from desk.briefing.place import PURPOSE, Place, blueprint, may_decide
from desk.briefing.words import REASONS
from desk.forms import DeskForm
from desk.language import lazy
from desk.parts import parts
from desk.sending import send
from desk.services import Missing

PATH = "/briefings/<sub_region>/<on>/guards/<uuid:referral_id>/<guard>"


class GuardForm(DeskForm):
    """The guard holds again."""

    refusals = REASONS


class OverrideForm(GuardForm):
    """Why the team goes on."""

    because = TextAreaField(lazy("Why the house goes on"), [InputRequired(lazy("Say why the house goes on."))])


@blueprint.get(PATH)
def guard(sub_region: str, on: str, referral_id: UUID, guard: str) -> Response:
    return _page(Place.of(sub_region, on), referral_id, guard)


@blueprint.post(PATH)
def override(sub_region: str, on: str, referral_id: UUID, guard: str) -> Answer:
    """Override the guard, with the reason."""
    form = OverrideForm.at(_form(referral_id, guard))
    return _send(Place.of(sub_region, on), referral_id, guard, form, "override")


@blueprint.post(f"{PATH}/withdrawal")
def let_hold(sub_region: str, on: str, referral_id: UUID, guard: str) -> Answer:
    """Withdraw the override."""
    form = GuardForm.at(f"{_form(referral_id, guard)}/withdrawal")
    return _send(Place.of(sub_region, on), referral_id, guard, form, "override/withdrawal")


def _form(referral_id: UUID, guard: str) -> str:
    return f"guard/{referral_id}/{guard}"


def _send(place: Place, referral_id: UUID, guard: str, form: GuardForm, step: str) -> Answer:
    path = f"/v1/referrals/{referral_id}/guards/{guard}/{step}"
    again, then = partial(_page, place, referral_id, guard, sent=form), place.address(f"referral-{referral_id}")
    return send(form, "weighing", path, form.values, then=then, again=again)


def _page(place: Place, referral_id: UUID, code: str, status: int = 200, sent: GuardForm | None = None) -> Response:
    """Raises NotFound for a guard that does not apply to the referral."""
    item = needed(parts().services.get("weighing", f"/v1/referrals/{referral_id}"))
    found = [] if isinstance(item, Missing) else [each for each in item["guards"] if each["code"] == code]
    if not isinstance(item, Missing) and not found:
        raise NotFound
    names = names_of([item["subjectId"]] if found else [], PURPOSE)
    details = names.get(item["subjectId"]) if found and not isinstance(names, Missing) else None
    override = sent if isinstance(sent, OverrideForm) else OverrideForm.at(_form(referral_id, code))
    page = render_template(
        "briefing/guard.html",
        place=place,
        guard=found[0] if found else item,
        name=name_in(details),
        form=override,
        sent=sent or override,
        address=url_for(
            "briefing.guard", sub_region=place.sub_region, on=place.on.isoformat(), referral_id=referral_id, guard=code
        ),
        withdrawal=GuardForm.at(f"{_form(referral_id, code)}/withdrawal"),
        may_decide=may_decide(),
        unsure=status == 503,
    )
    return make_response(page, status)
