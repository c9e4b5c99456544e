"""A house's published year: the file, checked and read."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from marshmallow import EXCLUDE, Schema, ValidationError, fields, post_load, validate

from shared.validation import located

AGE_CLASSES = ("under_18", "18_to_23", "23_and_over", "unknown")
SEXES = ("man", "woman", "family", "unknown")
TIMES_SEEN = ("2", "3", "4", "5", "6", "7+")
TABLE_COLUMNS = {"aftercare": "aftercare", "focus_or_top60": "focus"}
"""The tables' key in `decisions` and `under_treatment`, and their column in `by_municipality`."""
OUTCOMES = (
    "procedure_departed_from_or_breakthrough",
    "all_parties_cooperate",
    "progress_made",
    "case_made_manageable",
    "case_holder_can_go_on",
)


class PublishedError(Exception):
    """The file is not a published year: one line per problem, with path and reason."""


@dataclass(frozen=True)
class Row:
    """Cases under treatment of one municipality or residence."""

    municipality: str
    briefing: int
    aftercare: int
    focus: int
    total: int

    def cases(self, table: str) -> int:
        """Cases of a table, by its key in `under_treatment`."""
        return int(getattr(self, TABLE_COLUMNS[table]))


@dataclass(frozen=True)
class Year:
    """The figures of one house and year, under the names of the file."""

    house: str
    year: int
    weighed_referrals: int
    decisions: dict[str, int]
    age_class: dict[str, int]
    sex: dict[str, int]
    unique_subjects: int
    under_treatment: dict[str, int]
    by_municipality: tuple[Row, ...]
    subjects_seen_n_times: dict[str, int] = field(default_factory=dict)
    focus_outcomes: dict[str, int] = field(default_factory=dict)
    sub_regions: dict[str, list[str]] = field(default_factory=dict)


class _Tolerant(Schema):
    class Meta:
        unknown = EXCLUDE


def _count() -> fields.Integer:
    return fields.Integer(strict=True, required=True, validate=validate.Range(min=0))


def _counts(*keys: str, required: bool = True) -> fields.Dict:
    return fields.Dict(keys=fields.String(validate=validate.OneOf(keys)), values=_count(), required=required)


class _RowSchema(_Tolerant):
    municipality = fields.String(required=True, validate=validate.Length(min=1))
    briefing = _count()
    aftercare = _count()
    focus = _count()
    total = _count()

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> Row:
        return Row(**data)


class _YearSchema(_Tolerant):
    house = fields.String(required=True, validate=validate.Regexp(r"[a-z0-9-]{1,63}\Z"))
    year = fields.Integer(strict=True, required=True, validate=validate.Range(min=1901, max=9998))
    weighed_referrals = _count()
    decisions = _counts("focus_or_top60", "aftercare", "bilateral", "voluntary_trajectory", "escalate", "no_follow_up")
    age_class = _counts(*AGE_CLASSES)
    sex = _counts(*SEXES)
    unique_subjects = _count()
    subjects_seen_n_times = _counts(*TIMES_SEEN, required=False)
    under_treatment = _counts("briefing", *TABLE_COLUMNS, "total")
    by_municipality = fields.List(fields.Nested(_RowSchema), required=True, validate=validate.Length(min=1))
    focus_outcomes = _counts(*OUTCOMES, "closed_cases_scored", required=False)
    sub_regions = fields.Dict(keys=fields.String(), values=fields.List(fields.String()))

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> Year:
        names = [row.municipality for row in data["by_municipality"]]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise ValidationError(f"named twice: {', '.join(twice)}", "by_municipality")
        return Year(**data | {"by_municipality": tuple(data["by_municipality"])})


def read_year(file: Path) -> Year:
    """The published year in `file`; raises PublishedError with every problem."""
    try:
        year: Year = _YearSchema().loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise PublishedError(f"{file}: {error.strerror}") from error
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        raise PublishedError(f"{file.name}: not JSON: {error}") from error
    except ValidationError as error:
        lines = [f"{file.name}: {path or 'year'}: {reason}" for path, reason in located(error)]
        raise PublishedError("\n".join(lines)) from error
    return year
