"""A referral that its sender withdraws by phone or mail: an intake officer records it."""

from functools import partial
from typing import Any
from uuid import UUID

from flask import Response, make_response, render_template, url_for
from werkzeug.exceptions import Forbidden
from werkzeug.wrappers import Response as Answer

from desk.access import may
from desk.asking import needed
from desk.contact.forms import WithdrawalForm
from desk.contact.views import blueprint
from desk.parts import parts
from desk.sending import send
from desk.services import NOT_FOUND, Missing


@blueprint.get("/referrals/<uuid:referral_id>/withdrawal")
def begin_withdrawal(referral_id: UUID) -> Response:
    return _page(_referral(referral_id), _form(referral_id))


@blueprint.post("/referrals/<uuid:referral_id>/withdrawal")
def withdraw(referral_id: UUID) -> Answer:
    """Take the referral back: no briefing weighs it any more."""
    referral, form = _referral(referral_id), _form(referral_id)
    path = f"/v1/referrals/{referral_id}/withdrawal"
    case_id = None if isinstance(referral, Missing) else referral["caseId"]
    then = url_for("cases.show", case_id=case_id) if case_id else url_for("work.show")
    again = partial(_page, referral, form)
    return send(form, "intake", path, form.command, then=then, again=again)


def _referral(referral_id: UUID) -> Any:
    """Missing if intake does not answer. Raises NotFound, Forbidden."""
    if not may("intake.REGISTER_REFERRAL"):
        raise Forbidden
    found = parts().services.get("intake", f"/v1/referrals/{referral_id}")
    if isinstance(found, Missing) and found.reason == NOT_FOUND:
        return _waiting(referral_id) or needed(found)
    return needed(found)


def _waiting(referral_id: UUID) -> Any:
    """A referral that waits until somebody has decided whom it is about; None if it does not."""
    conflicts = parts().services.get("intake", "/v1/identity-conflicts")
    waiting = [] if isinstance(conflicts, Missing) else conflicts["waiting"]
    return next(
        (each | {"caseId": None, "withdrawnOn": None} for each in waiting if each["referralId"] == str(referral_id)),
        None,
    )


def _form(referral_id: UUID) -> WithdrawalForm:
    return WithdrawalForm.at(f"referral-withdrawal/{referral_id}")


def _page(referral: Any, form: WithdrawalForm, status: int = 200) -> Response:
    page = render_template("contact/withdrawal.html", referral=referral, form=form, unsure=status == 503)
    return make_response(page, status)
