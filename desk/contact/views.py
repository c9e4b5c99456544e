"""Telefoonformulier and Contactmomenten: what reached the house, what it is, and whom it may be about."""

from dataclasses import dataclass, replace
from functools import partial
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, make_response, render_template, url_for
from werkzeug.wrappers import Response as Answer

from desk.access import form_token
from desk.asking import contact_cards, name_in, needed, own_house
from desk.contact.forms import AnswerForm, ChangeForm, ContactForm, WithdrawalForm, fields_of
from desk.contact.words import CHANNELS, SORTED_AS, STATES
from desk.houses import House
from desk.parts import parts
from desk.sending import send
from desk.services import Look, Missing
from desk.whom import UNTELLING, WhomFields
from desk.words import TEXTS

blueprint = Blueprint("contact", __name__, template_folder="templates")

MOMENTS, LIKE, HELD_BACK = "/v1/contact-moments", "/v1/subjects/like", "/v1/held-back"
PURPOSE = "intake"
FORM = "contact-moment"
OUTDATED = 412


@dataclass(frozen=True)
class Told:
    """A contact moment that a page is about. form: changes and sorts it. withdrawal: says that it was a mistake.
    answer: what the caller was told.
    """

    path: str
    moment: Any
    form: ContactForm
    withdrawal: WithdrawalForm
    answer: AnswerForm

    @classmethod
    def at(cls, contact_moment_id: UUID) -> "Told":
        """Raises NotFound, Forbidden."""
        path, house = f"{MOMENTS}/{contact_moment_id}", own_house()
        moment = needed(parts().services.get("intake", path))
        known = {} if isinstance(moment, Missing) else fields_of(moment)
        form = ContactForm.at(f"{FORM}/{contact_moment_id}", **known)
        seen = {"version": known["version"]} if known else {}
        withdrawal = WithdrawalForm.at(f"{FORM}/{contact_moment_id}/withdrawal", prefix="withdrawal-", **seen)
        to_tell = {"answer": house.way_to(moment["destination"])} if known and moment["destination"] else {}
        answer = AnswerForm.at(f"{FORM}/{contact_moment_id}/answer", prefix="answer-", **seen, **to_tell)
        others = () if isinstance(moment, Missing) else moment["likelyDuplicates"]
        form.offer(house, [(other, f"…{other[-6:]}") for other in others])
        return cls(path, moment, form, withdrawal, answer)

    @property
    def sent(self) -> ChangeForm:
        return next((each for each in (self.withdrawal, self.answer) if each.is_sent), self.form)

    @property
    def step(self) -> str:
        """What of the contact moment the form that was sent changes."""
        return {id(self.withdrawal): "withdrawal", id(self.answer): "answer"}.get(id(self.sent), "changes")

    @property
    def is_question(self) -> bool:
        """Whether the caller is owed an answer, or got it."""
        return self.moment["answerDueOn"] is not None or self.moment["state"] == "answered"

    @property
    def may_change(self) -> bool:
        """Whether it can still be sorted otherwise; what was a referral is withdrawn as such."""
        return not isinstance(self.moment, Missing) and self.moment["state"] != "withdrawn"

    @property
    def caller(self) -> str:
        """Who told it: `Els Bos, maatschappelijk werker, Wijkteam Noord, 06-12345678`."""
        telling = self.moment["telling"]
        outside = telling["outside"] or {}
        partner = telling["partner"] and own_house().called("partners", telling["partner"])
        named = [outside.get(each) for each in ("name", "function", "organisation", "phone")]
        return ", ".join(filter(None, (*named, partner)))

    @property
    def members(self) -> str:
        """Of the family or group: `Piet Jansen, Els Bos`."""
        return ", ".join(filter(None, map(name_in, self.moment["telling"].get("members") or ())))

    def referral(self) -> Any:
        """The referral that it became; None if it became none."""
        referral_id = None if isinstance(self.moment, Missing) else self.moment["referralId"]
        return parts().services.get("intake", f"/v1/referrals/{referral_id}") if referral_id else None

    def as_it_is_now(self) -> "Told":
        """Somebody else has changed it meanwhile. Who sends the form again wants it so all the same."""
        now = replace(self, moment=needed(parts().services.get("intake", self.path)))
        if not isinstance(now.moment, Missing):
            self.sent.version.data = now.moment["version"]
        return now


@blueprint.get("/contact-moments")
def moments() -> str:
    """What waits to be sorted, the oldest first, and what was settled last."""
    told = parts().services.get_all({"found": Look("intake", MOMENTS), "held": Look("intake", HELD_BACK)})
    return render_template("contact/list.html", found=needed(told["found"]), held=told["held"], **_words())


@blueprint.get("/contact-moments/new")
def begin() -> Response:
    return _form_page(_new_form(own_house()))


@blueprint.post("/contact-moments/new")
def record() -> Answer:
    """Record what was told, sorted if the person knows what it is."""
    form = _new_form(own_house())
    if form.members.add_row_if_asked():
        return _form_page(form)
    again, then = partial(_form_page, form), partial(_after, form)
    return send(form, "intake", MOMENTS, form.command, then=then, again=again)


@blueprint.post("/contact-moments/like")
def like() -> str:
    """Whom the person who types may mean: a part of the page."""
    form = WhomFields.at(form_token().form)
    return render_template("contact/like.html", **_like(form.about()), **_words())


@blueprint.get("/contact-moments/<uuid:contact_moment_id>")
def show(contact_moment_id: UUID) -> Response:
    return _page(Told.at(contact_moment_id))


@blueprint.post("/contact-moments/<uuid:contact_moment_id>")
def change(contact_moment_id: UUID) -> Answer:
    """Correct and sort the contact moment, withdraw it, or record what the caller was told."""
    told = Told.at(contact_moment_id)
    if told.form.members.add_row_if_asked():
        return _page(told)
    form = told.sent
    then, version = partial(_after, told.form), int(form.version.data or 0)
    again = partial(_page_again, told)
    return send(form, "intake", f"{told.path}/{told.step}", form.command, then=then, again=again, version=version)


def _new_form(house: House) -> ContactForm:
    form = ContactForm.at(FORM)
    form.offer(house)
    return form


def _form_page(form: ContactForm, status: int = 200) -> Response:
    """With what was written down today, since a colleague may have taken the same call."""
    found = needed(parts().services.get("intake", MOMENTS))
    page = render_template(
        "contact/new.html",
        form=form,
        found=found,
        cards=contact_cards(),
        unsure=status == 503,
        **_like(form.about()),
        **_words(),
    )
    return make_response(page, status)


def _page_again(told: Told, status: int) -> Response:
    return _page(told.as_it_is_now(), 422) if status == OUTDATED else _page(told, status)


def _page(told: Told, status: int = 200) -> Response:
    page = render_template(
        "contact/moment.html",
        told=told,
        referral=told.referral(),
        cards=contact_cards(),
        unsure=status == 503,
        **_like(told.form.about() if told.may_change else {}),
        **_words(),
    )
    return make_response(page, status)


def _like(about: dict[str, str]) -> dict[str, Any]:
    """For a template: the people whom the house knows and who may be meant. None if nobody is described."""
    described = about.keys() - UNTELLING
    if not described:
        return {"like": None}
    look = Look("intake", LIKE, body={"about": about, "purpose": PURPOSE})
    return {"like": needed(parts().services.get_all({"like": look})["like"])}


def _after(form: ContactForm, kept: Any) -> str:
    """The page of the contact moment. Of a sealed referral there is none."""
    if form.theme.data and kept["referralId"]:
        return url_for("contact.moments")
    return url_for("contact.show", contact_moment_id=kept["contactMomentId"])


def _words() -> dict[str, Any]:
    return {
        "name_in": name_in,
        "CHANNELS": CHANNELS,
        "SORTED_AS": SORTED_AS,
        "STATES": STATES,
        "TEXTS": TEXTS,
    }
