"""A decision that was recorded by mistake: correct it, or withdraw it. The wrong one stays visible."""

from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from flask import Response, make_response, render_template, request, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as Answer

from desk.asking import name_in, names_of, needed
from desk.briefing.follow_up_fields import FIELDS as FOLLOW_UP
from desk.briefing.forms import ABOUT_ALL, FIELDS, Because, CorrectionForm, informed, possible
from desk.briefing.place import PURPOSE, Place, blueprint, may_correct
from desk.briefing.weighed_fields import weighed_as_fields
from desk.houses import House
from desk.parts import parts
from desk.sending import send
from desk.services import Missing

PATH = "/briefings/<sub_region>/<on>/decisions/<uuid:referral_id>/<int:tabling>"


@dataclass(frozen=True)
class Recorded:
    """What weighing tells of the decisions at one tabling of a referral.

    item: the referral. standing: the decision that counts, if any. before: those that were taken back, in order.
    """

    item: Any
    standing: Any
    before: list[Any]

    @classmethod
    def of(cls, place: Place, referral_id: UUID, tabling: int) -> "Recorded | Missing":
        """Missing if weighing does not answer. Raises NotFound, Forbidden."""
        item = needed(parts().services.get("weighing", f"/v1/referrals/{referral_id}"))
        if isinstance(item, Missing):
            return item
        at = (str(referral_id), tabling)
        standing = [each for each in item["earlierDecisions"] if (each["referralId"], each["tabling"]) == at]
        before = [
            each
            for each in item["decisionsTakenBack"]
            if (each["decision"]["referralId"], each["decision"]["tabling"]) == at
        ]
        if item["subRegion"] != place.sub_region or not (standing or before):
            raise NotFound
        return cls(item, standing[0] if standing else None, before)


@dataclass(frozen=True)
class Wrong:
    """A decision that a page is about, with the forms on that page: one corrects the decision, one withdraws it."""

    place: Place
    referral_id: UUID
    tabling: int
    recorded: Recorded | Missing
    correction: CorrectionForm
    withdrawal: Because

    @classmethod
    def at(cls, place: Place, referral_id: UUID, tabling: int) -> "Wrong":
        """Raises NotFound, Forbidden."""
        recorded, name = Recorded.of(place, referral_id, tabling), f"decision/{referral_id}/{tabling}"
        standing = None if isinstance(recorded, Missing) else recorded.standing
        correction = CorrectionForm.at(f"{name}/correction", **_as_fields(standing))
        seen = {"recorded_at": standing["recordedAt"]} if standing else {}
        withdrawal = Because.at(f"{name}/withdrawal", prefix="withdrawal-", **seen)
        _offer(correction, place.house, recorded)
        return cls(place, referral_id, tabling, recorded, correction, withdrawal)

    @property
    def address(self) -> str:
        """Of the page."""
        return url_for("briefing.decided", **(request.view_args or {}))

    @property
    def sent(self) -> Because:
        return self.withdrawal if self.withdrawal.is_sent else self.correction

    @property
    def step(self) -> str:
        return "withdrawal" if self.sent is self.withdrawal else "correction"

    @property
    def standing(self) -> Any:
        return None if isinstance(self.recorded, Missing) else self.recorded.standing

    def command(self) -> dict[str, Any]:
        """Of the form that was sent. A correction leaves the day, and follow-ups that it does not show, as they are."""
        body = self.sent.command()
        if self.step == "withdrawal":
            return body
        on = self.standing["briefingOn"] if self.standing else self.place.on.isoformat()
        others = (self.standing or {}).get("followUps", [])[1:]
        return {**body, "briefingOn": on} | ({"followUps": [*body.get("followUps", []), *others]} if others else {})

    def now(self) -> "Wrong":
        """With what weighing tells by now. Who sees both decisions and sends the form again wants it all the same."""
        now = replace(self, recorded=Recorded.of(self.place, self.referral_id, self.tabling))
        if self.sent.was_second and now.standing:
            self.sent.recorded_at.data = now.standing["recordedAt"]
        return now


@blueprint.get(PATH)
def decided(sub_region: str, on: str, referral_id: UUID, tabling: int) -> Response:
    return _page(Wrong.at(Place.of(sub_region, on), referral_id, tabling))


@blueprint.post(PATH)
def take_back(sub_region: str, on: str, referral_id: UUID, tabling: int) -> Answer:
    """Correct the decision, or withdraw it, unless somebody else was first."""
    place = Place.of(sub_region, on)
    wrong = Wrong.at(place, referral_id, tabling)
    path = f"/v1/referrals/{referral_id}/decisions/{tabling}/{wrong.step}"
    again, then = partial(_page_again, wrong), place.address("decisions")
    return send(wrong.sent, "weighing", path, wrong.command, then=then, again=again)


def _page_again(wrong: Wrong, status: int) -> Response:
    return _page(wrong if status == 503 else wrong.now(), status)


def _page(wrong: Wrong, status: int = 200) -> Response:
    item = None if isinstance(wrong.recorded, Missing) else wrong.recorded.item
    names = names_of([item["subjectId"]] if item else [], PURPOSE)
    details = names.get(item["subjectId"]) if item and not isinstance(names, Missing) else None
    page = render_template(
        "briefing/taking_back.html",
        place=wrong.place,
        wrong=wrong,
        name=name_in(details),
        may_correct=may_correct(),
        unsure=status == 503,
    )
    return make_response(page, status)


def _offer(form: CorrectionForm, house: House, recorded: Recorded | Missing) -> None:
    form.offer_team(house)
    if isinstance(recorded, Missing):
        form.offer(house, [each.code for each in house.decisions], ())
    else:
        form.offer(house, possible(recorded.item, house), informed(recorded.item, form))


def _as_fields(standing: Any) -> dict[str, Any]:
    """The decision that counts, for the fields of the form that corrects it."""
    if not standing:
        return {}
    fields = {name: standing[wire] for wire, name in {**FIELDS, **ABOUT_ALL}.items() if standing[wire]}
    if standing["comesBackOn"]:
        fields["comes_back_on"] = date.fromisoformat(standing["comesBackOn"])
    for follow_up in standing["followUps"][:1]:
        fields |= {name: follow_up[wire] for wire, name in FOLLOW_UP.items() if follow_up[wire]}
        fields["due_on"] = date.fromisoformat(follow_up["dueOn"])
    return {**fields, **dict(weighed_as_fields(standing)), "recorded_at": standing["recordedAt"]}
