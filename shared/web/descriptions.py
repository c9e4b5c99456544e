"""What a property of an OpenAPI document means: by its own metadata, by the docstring of its class, or by its name.

A name means the same in all services: what it means stands in `properties.toml` beside this file. A class that means
something else or more says so in its docstring, in the way that all classes do:

    \"""`comes_back_on`: the briefing of a deferred referral. `rerouted_to`: where a referral belongs.\"""
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from marshmallow import Schema

BY_NAME: Mapping[str, str] = tomllib.loads(Path(__file__).with_name("properties.toml").read_text(encoding="utf-8"))
NAMES = re.compile(r"((?:`?[a-zA-Z_]+`?, )*`?[a-zA-Z_]+`?): ")


def described(_converter: object, field: Any, **_: object) -> dict[str, Any]:
    """The description of a marshmallow field, for apispec."""
    if "description" in field.metadata or not isinstance(field.parent, Schema):
        return {}
    of_class = _in_docstring(getattr(field.parent, "message_class", None) or type(field.parent))
    description = of_class.get(field.name) or of_class.get(field.data_key) or BY_NAME.get(field.name)
    return {"description": description} if description else {}


@cache
def _in_docstring(kind: type) -> Mapping[str, str]:
    text = kind.__doc__ or ""
    paragraphs = [] if text.startswith(f"{kind.__name__}(") else re.split(r"\n\s*\n", text)
    return {name: text for paragraph in paragraphs for name, text in _in_paragraph(" ".join(paragraph.split()))}


def _in_paragraph(paragraph: str) -> Iterator[tuple[str, str]]:
    """`lent_on`, `repaid_on`: the days of the loan. `amount`: of the whole."""
    _, *parts = NAMES.split(paragraph)
    for names, text in zip(parts[::2], parts[1::2], strict=True):
        for name in names.replace("`", "").split(", "):
            yield name, text.strip().removesuffix(".")
