"""The first page of Beheer: is all well, and what goes through."""

import time
from collections.abc import Sequence, Set
from dataclasses import dataclass
from typing import Any

from flask import render_template, request
from wtforms import Form, SelectChoice, SelectField

from desk.asking import needed
from desk.language import gettext, lazy, moment, size
from desk.operations import words
from desk.operations.blueprint import blueprint
from desk.parts import parts
from desk.services import Look, Missing

ALL = ""
Wrong = Set[tuple[str, str]]
"""The concern of each problem of the moment, and what it is about."""
NOW = Look("reporting", "/v1/operations", {"after": 1e12})
"""Without what went through every two seconds, which is asked for only where it is drawn."""
MINUTES, MINUTES_SECONDS = "minutes", 300
"""The span that is drawn of that; there is nothing of a week before beside it."""


class PlotForm(Form):
    """Of what the plot tells."""

    span = SelectField(lazy("Time"), choices=[SelectChoice(*each) for each in words.SPANS.items()], default="hour")
    service = SelectField(lazy("Service"), validate_choice=False)


@dataclass(frozen=True)
class Fact:
    """What runs out by itself, and how far it is; None where nothing tells. wanting: somebody is to see to it."""

    name: str
    told: str | None
    wanting: bool = False


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
    period = "hour" if span == MINUTES else span
    now = NOW._replace(params={"after": time.time() - MINUTES_SECONDS}) if span == MINUTES else NOW
    answers = parts().services.get_all(
        {
            "now": now,
            "past": Look("reporting", "/v1/operations/throughput", {"span": period}),
            "parked": Look("reporting", "/v1/operations/parked-message-groups", {"limit": 1}),
        }
    )
    now, past = needed(answers["now"]), answers["past"]
    names = [rate.name for rate in rates(now, past)]
    service = form.service.data or ALL
    form.service.choices = [SelectChoice(ALL, gettext("All services")), *(SelectChoice(name, name) for name in names)]
    return render_template(
        "operations.html",
        form=form,
        period=period,
        rates=rates(now, past),
        upkeep=upkeep(now),
        plot=plot_of_minutes(now, service) if span == MINUTES else plot(past, service),
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


def upkeep(now: Any) -> list[Fact]:
    """Room on disks, certificates and backups; empty if nothing was measured."""
    if isinstance(now, Missing) or now["upkeep"] is None:
        return []
    known, wrong = now["upkeep"], {(each["concern"], each["about"]) for each in now["problems"]}
    return [
        *(_disk(each, wrong) for each in known["disks"]),
        Fact(gettext("Disks of the databases"), None),
        _certificate(known["certificate"], wrong),
        *([_backup(each, wrong) for each in known["backups"]] or [Fact(gettext("Last backup"), None)]),
    ]


def _disk(disk: Any, wrong: Wrong) -> Fact:
    free, least = disk["freeBytes"], disk["leastBytes"]
    told = gettext("%(free)s free; with less than %(least)s the broker takes no messages")
    name = gettext("Disk of the broker, %(address)s") % {"address": disk["address"]}
    return Fact(name, told % {"free": size(free), "least": size(least)}, ("broker_disk", "broker") in wrong)


def _certificate(first: Any, wrong: Wrong) -> Fact:
    name = gettext("Certificates of the processes")
    if first is None:
        return Fact(name, None)
    told = gettext("the first ends on %(day)s, of %(process)s") % {
        "day": moment(first["endsAt"]),
        "process": first["process"],
    }
    return Fact(name, told, ("certificate_ends", first["process"]) in wrong)


def _backup(backup: Any, wrong: Wrong) -> Fact:
    name, made_at = gettext("Last backup of %(service)s") % {"service": backup["service"]}, backup["madeAt"]
    if made_at is None:
        return Fact(name, gettext("none is known"), wanting=True)
    return Fact(name, moment(made_at), ("backup_old", backup["service"]) in wrong)


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


def plot_of_minutes(now: Any, service: str) -> dict[str, Any] | None:
    """The same of what was measured every two seconds."""
    if isinstance(now, Missing) or not now["throughput"]:
        return None
    moments, *columns = zip(*now["throughput"], strict=True)
    chosen = [column for each, column in zip(now["services"], columns, strict=True) if service in (ALL, each["name"])]
    return {"moments": moments, "now": _sums(chosen), "before": [None] * len(moments)}


def _sums(columns: Sequence[Sequence[float | None]]) -> list[float | None]:
    """Of each piece of the period the sum of what was measured; None where nothing was."""
    rows = ([value for value in row if value is not None] for row in zip(*columns, strict=True))
    return [round(sum(row), 2) if row else None for row in rows]
