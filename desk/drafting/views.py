"""Keeps what somebody types while it is typed, and forgets it when asked to."""

from flask import Blueprint, render_template
from werkzeug.wrappers import Response

from desk.access import any_house, form_token, keep_draft, public, sent_token, session_of_cookie
from desk.drafts.store import DraftStore
from desk.parts import parts
from desk.redirects import leave_for, page_or_home

blueprint = Blueprint("drafting", __name__, template_folder="templates")


@blueprint.post("/drafts")
@public
def save() -> tuple[str, int]:
    """The form as it is now, in its tab.

    Its token says whose it is, so that what is typed is kept also when the session has ended; the answer says so then.
    """
    token = sent_token()
    is_kept, has_session = keep_draft(token), session_of_cookie() is not None
    shown = render_template("draft_saved.html", is_kept=is_kept, has_session=has_session, page=token.page)
    return shown, 200 if is_kept else 409


@blueprint.post("/drafts/discard")
@any_house
def discard() -> Response:
    """Back to the form without its drafts."""
    token = form_token()
    with parts().database.transaction() as connection:
        DraftStore(connection, parts().settings.session_key).close(token)
    return leave_for(page_or_home(token.page))
