"""A house's published year: the file, checked and read."""

import json
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from marshmallow import EXCLUDE, Schema, ValidationError, fields, post_load, pre_load, validate, validates_schema

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

DOMAINS = ("housing", "care", "income_work", "identity", "debts")
FUND, TRAINING = "van_der_staaij", "work_training"
"""The published account's key, which is the code of the fund; and that of the training, of its kind of trajectory."""
TRANSITION_HOUSE = "transition_house_"
"""The code of the house follows."""


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
class Assigned:
    """Trajectories or conversations: how many, on which life domains they answered how many needs, and their cost."""

    count: int
    needs: dict[str, int]
    cost_eur: Decimal


@dataclass(frozen=True)
class WorkTraining:
    """To how many it was offered, and how far they came."""

    offered: int
    dropped_after_intake: int
    dropped_after_preparation: int
    trained: int
    diplomas: int
    cost_eur: Decimal


@dataclass(frozen=True)
class Account:
    """What the fund paid for. transition_houses: `places`, `in`, `out` and `mean_stay_days` of each, by its code."""

    trajectories: Assigned
    conversations: Assigned
    work_training: WorkTraining
    total_cost_eur: Decimal
    co_financing_eur: Decimal
    transition_houses: dict[str, dict[str, int]] = field(default_factory=dict)


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
    van_der_staaij: Account | None = None

    @property
    def account(self) -> Account | None:
        return self.van_der_staaij


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


class _Euros(fields.Decimal):
    """As text, with two decimals at most."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **options: Any) -> Decimal:
        amount = super()._deserialize(value, attr, data, **options)
        if amount is None or amount < 0 or amount != round(amount, 2):
            raise ValidationError("Must be euros, with two decimals at most.")
        return round(amount, 2)


def _euros() -> _Euros:
    return _Euros(required=True)


class _AssignedSchema(_Tolerant):
    count = _count()
    needs = _counts(*DOMAINS)
    cost_eur = _euros()

    @validates_schema
    def check_needs(self, data: dict[str, Any], **_: Any) -> None:
        """Each answers a need on a life domain once, and one at least."""
        if too_many := [domain for domain, count in data["needs"].items() if count > data["count"]]:
            raise ValidationError(f"more than there are: {', '.join(too_many)}", "needs")
        if sum(data["needs"].values()) < data["count"]:
            raise ValidationError("fewer than there are", "needs")

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> Assigned:
        return Assigned(**data)


class _WorkTrainingSchema(_Tolerant):
    offered = _count()
    dropped_after_intake = _count()
    dropped_after_preparation = _count()
    trained = _count()
    diplomas = _count()
    cost_eur = _euros()

    @validates_schema
    def check_stages(self, data: dict[str, Any], **_: Any) -> None:
        if data["dropped_after_intake"] + data["dropped_after_preparation"] + data["trained"] != data["offered"]:
            raise ValidationError("is not those who dropped out and those who were trained", "offered")
        if data["diplomas"] > data["trained"]:
            raise ValidationError("are more than were trained", "diplomas")

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> WorkTraining:
        return WorkTraining(**data)


class _AccountSchema(_Tolerant):
    trajectories = fields.Nested(_AssignedSchema, required=True)
    conversations = fields.Nested(_AssignedSchema, required=True)
    work_training = fields.Nested(_WorkTrainingSchema, required=True)
    total_cost_eur = _euros()
    co_financing_eur = _euros()
    transition_houses = fields.Dict(keys=fields.String(), values=_counts("places", "in", "out", "mean_stay_days"))

    @pre_load
    def gather_houses(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        houses = {key: counts for key, counts in data.items() if key.startswith(TRANSITION_HOUSE)}
        return data | {"transition_houses": {key.removeprefix(TRANSITION_HOUSE): each for key, each in houses.items()}}

    @validates_schema
    def check_stays(self, data: dict[str, Any], **_: Any) -> None:
        """Who left came in the same year: nobody can be there from the year before."""
        for code, counts in data["transition_houses"].items():
            if counts["out"] > counts["in"]:
                raise ValidationError("more left than came", f"{TRANSITION_HOUSE}{code}")

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> Account:
        return Account(**data)


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
    van_der_staaij = fields.Nested(_AccountSchema)

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
