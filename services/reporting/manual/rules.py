"""Fills the texts of an alert, which are written as Prometheus' templates: `{{ $labels.queue }} staat stil`."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

PLACEHOLDER = re.compile(r"\{\{ \$(?:labels\.)?(\w+)(?: \| (\w+))? \}\}")
PARTNERS_QUEUE = re.compile(r"(?:[a-z-]+\.from|partner)\.([^.]+)\.([^.]+?)(?:\.(?:out|dead))?")
ANY = {
    "instance": "een proces",
    "service": "een dienst",
    "queue": "een wachtrij",
    "house": "een huis",
    "partner": "een partner",
    "reason": "zie het logboek",
    "value": "…",
}
"""What stands in place of a label or value in an entry that is about nothing in particular."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertTexts:
    """The texts of an alert, with placeholders."""

    severity: str
    summary: str
    description: str
    runbook: str


def filled(text: str, labels: Mapping[str, str], value: float | None = None) -> str:
    """The text with what it is about. A label that is not given is told in general: `een dienst antwoordt niet`."""

    def put(placeholder: re.Match[str]) -> str:
        name, form = placeholder[1], placeholder[2]
        if name == "value" and value is not None:
            return FORMS[form](value)
        return labels.get(name, ANY[name])

    text = PLACEHOLDER.sub(put, text)
    return text[:1].upper() + text[1:] if not labels else text


def shown_name(name: str) -> str:
    """`partner.a-house.halt.out` and `intake.from.a-house.halt` are shown as `halt (a-house)`."""
    found = PARTNERS_QUEUE.fullmatch(name)
    return f"{found[2]} ({found[1]})" if found else name


def count(value: float) -> str:
    return f"{round(value):,}".replace(",", ".")


def share(value: float) -> str:
    return f"{round(100 * value)}%"


def duration(seconds: float) -> str:
    minutes, hours, days = int(seconds // 60), int(seconds // 3600), int(seconds // 86400)
    if days:
        return f"{days} d {hours % 24} u"
    if hours:
        return f"{hours} u {minutes % 60} min"
    return f"{minutes} min" if minutes else f"{round(seconds)} s"


FORMS: Mapping[str | None, Callable[[float], str]] = {
    None: count,
    "humanize": count,
    "humanizePercentage": share,
    "humanizeDuration": duration,
}
