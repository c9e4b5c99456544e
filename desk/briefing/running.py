"""A briefing itself: who sits there, how far it is, on which day it is held; an extra one for what cannot wait."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from flask import Response, make_response, render_template, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as Answer

from desk.asking import name_in, names_of, needed, own_house
from desk.briefing.place import PURPOSE, Place, blueprint, may_decide
from desk.briefing.running_forms import Cancel, CarryOver, Extra, Hold, Move, Prepare, Seats, Settle, Step, TakeBack
from desk.briefing.running_words import PROGRESS, STATES
from desk.houses import House
from desk.parts import parts
from desk.sending import send
from desk.services import Look, Missing

STEPS: dict[str, tuple[type[Step], ...]] = {
    "planned": (Prepare, Hold, Move, Cancel),
    "prepared": (Prepare, Hold, Move, Cancel, TakeBack),
    "held": (CarryOver, Settle, TakeBack),
    "settled": (TakeBack,),
    "cancelled": (TakeBack,),
}
"""What may come next; the service says whether it does."""
MOST_CHOSEN = 200


class Running:
    """What weighing tells of one briefing, with the forms that go with it, by the name of their classes."""

    def __init__(self, place: Place) -> None:
        wanted = {"subRegion": place.sub_region}
        path = f"/v1/briefings/{place.on}"
        found = parts().services.get_all(
            {"briefing": Look("weighing", path, wanted), "seats": Look("weighing", f"{path}/seats", wanted)}
        )
        self.place, self.path = place, path
        self.briefing, self.told = needed(found["briefing"]), found["seats"]
        name = f"running/{place.sub_region}/{place.on}"
        steps = () if isinstance(self.briefing, Missing) else STEPS[self.briefing["state"]]
        self.steps = {each.__name__: each.at(f"{name}/{each.path}", prefix=f"{each.path}-") for each in steps}
        self.seats = None if isinstance(self.told, Missing) else Seats.at(f"{name}/seats", place.house, self.told)

    @property
    def address(self) -> str:
        return url_for("briefing.running", sub_region=self.place.sub_region, on=self.place.on.isoformat())

    @property
    def sent(self) -> Step | Seats | None:
        """The form that was sent; None if it is offered no more."""
        if self.seats and self.seats.form.is_sent:
            return self.seats
        return next((form for form in self.steps.values() if form.is_sent), None)


@blueprint.get("/briefings/<sub_region>/<on>/running")
def running(sub_region: str, on: str) -> Response:
    return _page(Running(Place.of(sub_region, on)))


@blueprint.post("/briefings/<sub_region>/<on>/running")
def run(sub_region: str, on: str) -> Answer:
    """Take the step of the form that was sent."""
    now = Running(Place.of(sub_region, on))
    sent = now.sent
    if sent is None:
        return _page(now, 409)
    names = _names(now)
    _offer_items(now, names)
    version = int(sent.form.version.data or 0) if isinstance(sent, Seats) else None
    path, body = f"{now.path}/{sent.path}", partial(sent.command, sub_region)
    again, then = partial(_page, now), partial(_after, sub_region, on)
    return send(sent, "weighing", path, body, then=then, again=again, version=version)


def _after(sub_region: str, on: str, answer: Any) -> str:
    """The page of the briefing, on the day that it is on now."""
    return url_for("briefing.running", sub_region=sub_region, on=answer.get("on", on))


@blueprint.get("/briefings/<sub_region>/extra")
def extra(sub_region: str) -> Response:
    return _extra_page(*_extra(sub_region))


@blueprint.post("/briefings/<sub_region>/extra")
def plan_extra(sub_region: str) -> Answer:
    """Add a briefing for the referrals that were chosen."""
    form, waiting = _extra(sub_region)
    body, again = partial(form.command, sub_region), partial(_extra_page, form, waiting)
    return send(form, "weighing", "/v1/briefings", body, then=partial(_after, sub_region, ""), again=again)


def _extra(sub_region: str) -> tuple[Extra, Any]:
    """The form, with the referrals that wait in this sub-region. Raises NotFound, Forbidden."""
    house = own_house()
    if sub_region not in [each.name for each in house.sub_regions]:
        raise NotFound
    coming = needed(parts().services.get("weighing", "/v1/briefings", {"subRegion": sub_region}))
    days = [] if isinstance(coming, Missing) else [each["on"] for each in coming["items"] if each["waiting"]]
    wanted = {"subRegion": sub_region, "on": max(days, default="2000-01-01"), "limit": MOST_CHOSEN}
    found = needed(parts().services.get("weighing", "/v1/agenda", wanted))
    items = [] if isinstance(found, Missing) else found["items"]
    form = Extra.at(f"extra/{sub_region}")
    form.referral_ids.choices = _choices(items, names_of([each["subjectId"] for each in items], PURPOSE), house)
    return form, found


def _extra_page(form: Extra, waiting: Any, status: int = 200) -> Response:
    page = render_template("briefing/extra.html", form=form, waiting=waiting, unsure=status == 503)
    return make_response(page, status)


def _page(now: Running, status: int = 200) -> Response:
    names = _names(now)
    _offer_items(now, names)
    page = render_template(
        "briefing/running.html",
        place=now.place,
        now=now,
        names=names,
        name_in=name_in,
        STATES=STATES,
        PROGRESS=PROGRESS,
        may_set=bool(now.seats) and not isinstance(now.briefing, Missing) and now.briefing["state"] in STEPS_WITH_SEATS,
        may_lead=may_decide(),
        gone=status == 409 and now.sent is None,
        unsure=status == 503,
    )
    return make_response(page, status)


STEPS_WITH_SEATS = frozenset({"planned", "prepared", "held"})


def _names(now: Running) -> Any:
    items = [] if isinstance(now.briefing, Missing) else now.briefing["items"]
    return names_of([each["subjectId"] for each in items], PURPOSE)


def _offer_items(now: Running, names: Any) -> None:
    form = now.steps.get(CarryOver.__name__)
    if isinstance(form, CarryOver):
        waiting = [each for each in now.briefing["items"] if each["progress"] == "waiting"]
        form.referral_ids.choices = _choices(waiting, names, now.place.house)


def _choices(items: Sequence[Any], names: Any, house: House) -> list[tuple[str, str]]:
    """Each referral with what tells it from the others: its number, its name, and of one that waits its kind."""
    told = {} if isinstance(names, Missing) else names
    found = []
    for number, item in enumerate(items, 1):
        name = name_in(told.get(item["subjectId"]))
        about = [house.called("referral_kinds", item["kind"]), item["municipality"]] if "kind" in item else []
        label = ", ".join([f"{item.get('number', number)}.", *filter(None, (name, *about))])
        found.append((item["referralId"], label.replace(".,", ".", 1)))
    return found
