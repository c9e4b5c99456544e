"""A page for trials: a form whose command goes to the weighing service."""

from flask import Blueprint, render_template_string
from werkzeug.wrappers import Response
from wtforms import StringField
from wtforms.validators import InputRequired

from desk.application import bearer
from desk.forms import DeskForm
from desk.parts import parts
from desk.redirects import leave_for
from desk.services import Done, Missing

blueprint = Blueprint("trial", __name__)
PAGE = """
{% extends "base.html" %}
{% block content %}
{% if form.restored_at %}<p>restored</p>{% endif %}
{% if answer is missing %}<p>no answer</p>{% endif %}
<form method="post" action="/trial">{{ form.form_token }}{{ form.words }}</form>
{% endblock %}
"""


class TrialForm(DeskForm):
    words = StringField("Words", validators=[InputRequired()])


@blueprint.route("/trial", methods=["GET", "POST"])
def page() -> Response | str | tuple[str, int]:
    form, answer = TrialForm.at("trial/7", words="to begin with"), None
    if form.is_sent and form.validate():
        answer = parts().services.post("weighing", "/v1/trials", form.values, key=form.token.key)
        if isinstance(answer, Done):
            form.forget_drafts()
            return leave_for("/about-me")
    shown = render_template_string(PAGE, form=form, answer=answer)
    return (shown, 422) if form.errors else (shown, 503) if isinstance(answer, Missing) else shown


@blueprint.get("/trial/token")
def token() -> str:
    """With which token a service would be asked now."""
    return bearer().token


@blueprint.get("/trial/acting")
def acting() -> str:
    """For which house, and for whom, a service would be asked now."""
    return f"{bearer().house} {bearer().standing_in_for}"
