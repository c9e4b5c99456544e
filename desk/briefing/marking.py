"""What is particular about an item of the agenda; and one decision on all that is settled beforehand."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from flask import Response, make_response, render_template, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as Answer
from wtforms import BooleanField, SelectField, TextAreaField
from wtforms.validators import InputRequired

from desk.asking import name_in, names_of, needed
from desk.briefing.choices import Checkboxes
from desk.briefing.forms import ABOUT_ALL, DecisionFields, TeamForm, informed, possible
from desk.briefing.place import PURPOSE, Place, blueprint
from desk.briefing.running_words import REASONS as MARK_REASONS
from desk.briefing.words import REASONS as DECISION_REASONS
from desk.forms import DeskForm
from desk.language import lazy
from desk.parts import parts
from desk.sending import send
from desk.services import Look, Missing

MOST_CHOSEN = 200


class MarkForm(DeskForm):
    """All that is noted about one referral."""

    refusals = MARK_REASONS
    urgent = BooleanField(lazy("It cannot wait: it comes first on the agenda"))
    linked_with = Checkboxes(lazy("Is discussed together with"))
    settled_beforehand = TextAreaField(
        lazy("Settled beforehand: why no discussion is needed"),
        description=lazy("Leave this empty if it is to be discussed. Do not write names here."),
    )

    def command(self) -> dict[str, Any]:
        settled = (self.settled_beforehand.data or "").strip() or None
        return {"urgent": self.urgent.data, "linkedWith": self.linked_with.data, "settledBeforehand": settled}


class ConfirmForm(TeamForm, DecisionFields):
    """One decision on several referrals."""

    refusals = DECISION_REASONS
    referral_ids: Sequence[str] = ()
    decision = SelectField(lazy("Decision"), [InputRequired(lazy("Choose a decision."))])

    def validate(self, extra_validators: Any = None) -> bool:
        return super().validate(extra_validators) and bool(self.referral_ids)

    def on_all(self) -> dict[str, Any]:
        together = {wire: self[name].data for wire, name in ABOUT_ALL.items()}
        return {"decisions": [{"referralId": id, **self.command(), **together} for id in self.referral_ids]}


@dataclass(frozen=True)
class Agenda:
    """What waits at a briefing, with what is noted about it, by referral."""

    items: list[Any]
    marks: dict[str, Any]
    names: Any
    seats: Any

    @classmethod
    def of(cls, place: Place) -> "Agenda | Missing":
        """Raises NotFound, Forbidden."""
        wanted = {"subRegion": place.sub_region, "on": place.on.isoformat()}
        found = parts().services.get_all(
            {
                "agenda": Look("weighing", "/v1/agenda", wanted | {"limit": MOST_CHOSEN}),
                "marks": Look("weighing", "/v1/marks", wanted),
                "seats": Look("weighing", f"/v1/briefings/{place.on}/seats", {"subRegion": place.sub_region}),
            }
        )
        agenda, marks = needed(found["agenda"]), needed(found["marks"])
        if isinstance(agenda, Missing) or isinstance(marks, Missing):
            return Missing("weighing", "no_answer")
        names = names_of([each["subjectId"] for each in agenda["items"]], PURPOSE)
        noted = {each["referralId"]: each for each in marks["items"]}
        seats = () if isinstance(found["seats"], Missing) else found["seats"]["seats"]
        return cls(agenda["items"], noted, names, seats)

    def title(self, item: Any) -> str:
        """Its number on the agenda, and its name if intake tells it."""
        name = "" if isinstance(self.names, Missing) else name_in(self.names.get(item["subjectId"]))
        number = self.items.index(item) + 1
        return f"{number}. {name or item['municipality']}"

    @property
    def settled(self) -> list[Any]:
        """The items that need no discussion, as somebody noted."""
        return [each for each in self.items if (self.marks.get(each["referralId"]) or {}).get("settledBeforehand")]


@blueprint.get("/briefings/<sub_region>/<on>/marks/<uuid:referral_id>")
def marks(sub_region: str, on: str, referral_id: UUID) -> Response:
    place = Place.of(sub_region, on)
    return _mark_page(place, referral_id, *_mark(place, referral_id))


@blueprint.post("/briefings/<sub_region>/<on>/marks/<uuid:referral_id>")
def set_marks(sub_region: str, on: str, referral_id: UUID) -> Answer:
    """Note what is particular about a referral."""
    place = Place.of(sub_region, on)
    form, agenda = _mark(place, referral_id)
    path = f"/v1/referrals/{referral_id}/marks"
    again, then = partial(_mark_page, place, referral_id, form, agenda), place.address(f"referral-{referral_id}")
    return send(form, "weighing", path, form.command, then=then, again=again)


@blueprint.get("/briefings/<sub_region>/<on>/settled")
def settled(sub_region: str, on: str) -> Response:
    place = Place.of(sub_region, on)
    return _settled_page(place, *_confirmation(place))


@blueprint.post("/briefings/<sub_region>/<on>/settled")
def confirm(sub_region: str, on: str) -> Answer:
    """Record one decision on all that is settled beforehand."""
    place = Place.of(sub_region, on)
    form, agenda = _confirmation(place)
    again, then = partial(_settled_page, place, form, agenda), place.address("decisions")
    return send(form, "weighing", place.decisions, form.on_all, then=then, again=again)


def _mark(place: Place, referral_id: UUID) -> tuple[MarkForm, Agenda | Missing]:
    """The form, with what is noted already. Raises NotFound for what does not wait at this briefing."""
    agenda = Agenda.of(place)
    noted = {} if isinstance(agenda, Missing) else agenda.marks.get(str(referral_id), {})
    form = MarkForm.at(
        f"marks/{referral_id}",
        urgent=noted.get("urgent"),
        linked_with=noted.get("linkedWith"),
        settled_beforehand=noted.get("settledBeforehand"),
    )
    form.linked_with.choices = []
    if not isinstance(agenda, Missing):
        if str(referral_id) not in [each["referralId"] for each in agenda.items]:
            raise NotFound
        others = [each for each in agenda.items if each["referralId"] != str(referral_id)]
        form.linked_with.choices = [(each["referralId"], agenda.title(each)) for each in others]
    return form, agenda


def _confirmation(place: Place) -> tuple[ConfirmForm, Agenda | Missing]:
    agenda = Agenda.of(place)
    form = ConfirmForm.at(f"settled/{place.sub_region}/{place.on}")
    form.offer_team(place.house)
    if isinstance(agenda, Missing):
        form.offer(place.house, (), ())
        return form, agenda
    form.sit(agenda.seats)
    form.referral_ids = [each["referralId"] for each in agenda.settled]
    codes = [each.code for each in place.house.decisions]
    common = [code for code in codes if all(code in possible(each, place.house) for each in agenda.settled)]
    form.offer(place.house, common, [partner for each in agenda.settled for partner in informed(each, form)])
    return form, agenda


def _mark_page(place: Place, referral_id: UUID, form: MarkForm, agenda: Any, status: int = 200) -> Response:
    address = url_for("briefing.marks", sub_region=place.sub_region, on=place.on.isoformat(), referral_id=referral_id)
    title = ""
    if not isinstance(agenda, Missing):
        title = next(agenda.title(each) for each in agenda.items if each["referralId"] == str(referral_id))
    told_now = {"place": place, "form": form, "agenda": agenda, "title": title, "address": address}
    return make_response(render_template("briefing/marks.html", **told_now, unsure=status == 503), status)


def _settled_page(place: Place, form: ConfirmForm, agenda: Any, status: int = 200) -> Response:
    page = render_template("briefing/settled.html", place=place, form=form, agenda=agenda, unsure=status == 503)
    return make_response(page, status)
