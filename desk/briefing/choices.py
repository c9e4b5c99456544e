"""Fields with choices of the house's profile."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from markupsafe import Markup, escape
from wtforms import SelectField, SelectMultipleField, widgets
from wtforms.widgets import CheckboxInput, ListWidget, html_params

from desk.houses import Entry, Partner

NOTHING = ("", "–")
OPTIONS_KEPT = 500


class Select(widgets.Select):
    """Writes the same options once: a board has thousands of them."""

    def __call__(self, field: Any, **attributes: Any) -> Markup:
        options = tuple(
            (value, label, selected, *more.items()) for value, label, selected, more in field.iter_choices()
        )
        attributes = {"id": field.id, "name": field.name, **attributes}
        return Markup(f"<select {html_params(**attributes)}>{written_options(options)}</select>")  # noqa: S704 - both are escaped


@lru_cache(OPTIONS_KEPT)
def written_options(options: tuple[tuple[Any, ...], ...]) -> str:
    """options: of each its value, its label, whether it is chosen, and its other attributes."""
    return "".join(
        f"<option {html_params(value=value, selected=selected, **dict(more))}>{escape(label)}</option>"
        for value, label, selected, *more in options
    )


class OneOf(SelectField):
    """One choice."""

    widget = Select()


class Checkboxes(SelectMultipleField):
    """Any number of choices."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


def choices_of(entries: Sequence[Entry | Partner]) -> list[tuple[str, str]]:
    return [(entry.code, entry.name) for entry in entries]


def asking(asks: Sequence[str]) -> dict[str, str]:
    """For the style sheet: which fields go with a choice."""
    return {"data-asks": " ".join(asks)} if asks else {}
