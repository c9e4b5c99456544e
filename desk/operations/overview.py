"""The first page of Beheer: is all well, and what goes through."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import render_template, request
from wtforms import Form, SelectChoice, SelectField

from desk.language import gettext, lazy
from desk.operations import words
from desk.operations.blueprint import blueprint
from desk.parts import parts
from desk.services import Look, Missing

ALL = ""
NOW = Look("reporting", "/v1/operations", {"after": 1e12})
"""Without the points of the last hour, which are for the page that reporting has itself."""


class PlotForm(Form):
    """Of what the plot tells."""

    span = SelectField(lazy("Time"), choices=[SelectChoice(*each) for each in words.SPANS.items()], default="hour")
    service = SelectField(lazy("Service"), validate_choice=False)


@dataclass(frozen=True)
class Rate:
    """How much a service takes: messages a second now, in the period, and in the same period a week before."""

    name: str
    now: float | None
    messages: int | None
    week_before: int | None


@blueprint.get("")
def show() -> str:
    form = PlotForm(request.args)
    span = form.span.data if form.span.data in words.SPANS else "hour"
    answers = parts().services.get_all(
        {
            "now": NOW,
            "past": Look("reporting", "/v1/operations/throughput", {"span": span}),
            "parked": Look("reporting", "/v1/operations/parked-message-groups", {"limit": 1}),
        }
    )
    now, past = answers["now"], answers["past"]
    names = [rate.name for rate in rates(now, past)]
    form.service.choices = [SelectChoice(ALL, gettext("All services")), *(SelectChoice(name, name) for name in names)]
    return render_template(
        "operations.html",
        form=form,
        span=span,
        rates=rates(now, past),
        plot=plot(past, form.service.data or ALL),
        still="still" in request.args,
        **answers,
    )


def rates(now: Any, past: Any) -> list[Rate]:
    """Of each service, from whichever of both answers came."""
    at_once = {} if isinstance(now, Missing) else {each["name"]: each["perSecond"] for each in now["services"]}
    kept = {} if isinstance(past, Missing) else {each["name"]: each for each in past["services"]}
    names = [*at_once, *(name for name in kept if name not in at_once)]
    return [_rate(name, at_once.get(name), kept.get(name)) for name in names]


def _rate(name: str, now: float | None, kept: Any) -> Rate:
    return Rate(name, now, kept["messages"] if kept else None, kept["messagesWeekBefore"] if kept else None)


def plot(past: Any, service: str) -> dict[str, Any] | None:
    """What the plot draws: messages a second of one service, or of all together; None if nothing is known."""
    if isinstance(past, Missing):
        return None
    chosen = [each for each in past["services"] if service in (ALL, each["name"])]
    return {
        "moments": past["moments"],
        "now": _sums([each["rates"] for each in chosen]),
        "before": _sums([each["ratesWeekBefore"] for each in chosen]),
    }


def _sums(columns: Sequence[Sequence[float | None]]) -> list[float | None]:
    """Of each piece of the period the sum of what was measured; None where nothing was."""
    rows = ([value for value in row if value is not None] for row in zip(*columns, strict=True))
    return [round(sum(row), 2) if row else None for row in rows]
