"""A page for trials: a form whose command goes to the weighing service."""

from functools import partial

from flask import Blueprint, Response, make_response, render_template_string
from werkzeug.wrappers import Response as Answer
from wtforms import StringField
from wtforms.validators import InputRequired

from desk.application import bearer
from desk.forms import DeskForm
from desk.sending import send

blueprint = Blueprint("trial", __name__)
PAGE = """
{% extends "base.html" %}
{% block content %}
{% if form.restored_at %}<p>restored</p>{% endif %}
{% if unsure %}<p>no answer</p>{% endif %}
<form method="post" action="/trial">{{ form.form_token }}{{ form.words }}</form>
{% endblock %}
"""


class TrialForm(DeskForm):
    words = StringField("Words", validators=[InputRequired()])


@blueprint.get("/trial")
def page() -> Response:
    return _page(TrialForm.at("trial/7", words="to begin with"))


@blueprint.post("/trial")
def give() -> Answer:
    form = TrialForm.at("trial/7")
    return send(form, "weighing", "/v1/trials", form.values, then="/about-me", again=partial(_page, form))


def _page(form: TrialForm, status: int = 200) -> Response:
    return make_response(render_template_string(PAGE, form=form, unsure=status == 503), status)


@blueprint.get("/trial/token")
def token() -> str:
    """With which token a service would be asked now."""
    return bearer().token


@blueprint.get("/trial/acting")
def acting() -> str:
    """For which house, and for whom, a service would be asked now."""
    return f"{bearer().house} {bearer().standing_in_for}"
