"""A house's published year: the file, checked and read."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from marshmallow import EXCLUDE, Schema, ValidationError, fields, post_load, pre_load, validate, validates_schema

from replay.house import AGE_CLASSES
from shared.validation import located

SEXES = ("man", "woman", "family", "unknown")
TIMES_SEEN = ("2", "3", "4", "5", "6", "7+")
BRIEFING, TOTAL, SCORED = "briefing", "total", "closed_cases_scored"
"""Keys beside those that the house's profile gives: the figures, their columns, the outcome questions."""
MUNICIPALITY = "municipality"

DOMAINS = ("housing", "care", "income_work", "identity", "debts")
FUND, TRAINING = "van_der_staaij", "work_training"
"""The published account's key, which is the code of the fund; and that of the training, of its kind of trajectory."""
TRANSITION_HOUSE = "transition_house_"
"""The code of the house follows."""


class PublishedError(Exception):
    """The file is not a published year: one line per problem, with path and reason."""


@dataclass(frozen=True)
class Row:
    """Cases under treatment of one municipality or residence. counts: by column, with BRIEFING and TOTAL."""

    municipality: str
    counts: Mapping[str, int]

    @property
    def briefing(self) -> int:
        return self.counts[BRIEFING]

    @property
    def total(self) -> int:
        return self.counts[TOTAL]

    def cases(self, column: str) -> int:
        """Of a column that the file may not have."""
        return self.counts.get(column, 0)

    @property
    def parts(self) -> int:
        """What the total should be."""
        return sum(count for column, count in self.counts.items() if column != TOTAL)

    def with_counts(self, **counts: int) -> "Row":
        """The row with these counts, and the total that follows."""
        changed = replace(self, counts={**self.counts, **counts})
        return replace(changed, counts={**changed.counts, TOTAL: changed.parts})


@dataclass(frozen=True)
class Assigned:
    """Trajectories or conversations: how many, on which life domains they answered how many needs, and their cost.

    cost_by_domain_eur: by life domain, if it is published.
    """

    count: int
    needs: dict[str, int]
    cost_eur: Decimal
    cost_by_domain_eur: dict[str, Decimal] = field(default_factory=dict)


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
    """What the fund paid for. transition_houses: `places`, `in`, `out` and `mean_stay_days` of each, by its code.

    co_financing_surplus_eur: what of the co-financing is beyond the fund's condition.
    """

    trajectories: Assigned
    conversations: Assigned
    work_training: WorkTraining
    total_cost_eur: Decimal
    co_financing_eur: Decimal
    co_financing_surplus_eur: Decimal
    transition_houses: dict[str, dict[str, int]] = field(default_factory=dict)


@dataclass(frozen=True)
class Year:
    """The figures of one house and year, under the names of the file. providers: who alone gives a kind of help."""

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
    providers: dict[str, str] = field(default_factory=dict)

    @property
    def account(self) -> Account | None:
        return self.van_der_staaij

    def as_published(self) -> dict[str, Any]:
        """The figures in the shape of the file."""
        rows = [{"municipality": row.municipality, **row.counts} for row in self.by_municipality]
        return {key: value for key, value in asdict(self).items() if value is not None} | {"by_municipality": rows}


class _Tolerant(Schema):
    class Meta:
        unknown = EXCLUDE


def _count() -> fields.Integer:
    return fields.Integer(strict=True, required=True, validate=validate.Range(min=0))


def _counts(*keys: str, required: bool = True) -> fields.Dict:
    """Under these keys; without any, under those of the house's profile, which the planner checks."""
    key = fields.String(validate=validate.OneOf(keys) if keys else validate.Length(min=1))
    return fields.Dict(keys=key, values=_count(), required=required)


class _Row(fields.Field[Row]):
    """A count under every other key than `municipality`."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **options: Any) -> Row:
        if not isinstance(value, dict):
            raise ValidationError("Not a valid mapping type.")
        named: dict[str, fields.Field[Any]] = {
            MUNICIPALITY: fields.String(required=True, validate=validate.Length(min=1))
        }
        columns = dict.fromkeys([BRIEFING, *(key for key in value if key != MUNICIPALITY), TOTAL])
        Schema.from_dict(named | {column: _count() for column in columns})().load(value)
        return Row(value[MUNICIPALITY], {key: count for key, count in value.items() if key != MUNICIPALITY})


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
    cost_by_domain_eur = fields.Dict(keys=fields.String(validate=validate.OneOf(DOMAINS)), values=_euros())

    @validates_schema
    def check_costs(self, data: dict[str, Any], **_: Any) -> None:
        costs = data.get("cost_by_domain_eur")
        if costs and sum(costs.values()) != data["cost_eur"]:
            raise ValidationError("do not add up to cost_eur", "cost_by_domain_eur")

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
    co_financing_surplus_eur = _Euros(load_default=Decimal())
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
    decisions = _counts()
    age_class = _counts(*AGE_CLASSES)
    sex = _counts(*SEXES)
    unique_subjects = _count()
    subjects_seen_n_times = _counts(*TIMES_SEEN, required=False)
    under_treatment = _counts()
    by_municipality = fields.List(_Row(), required=True, validate=validate.Length(min=1))
    focus_outcomes = _counts(required=False)
    sub_regions = fields.Dict(keys=fields.String(), values=fields.List(fields.String()))
    van_der_staaij = fields.Nested(_AccountSchema)
    providers = fields.Dict(keys=fields.String(), values=fields.String())

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> Year:
        names = [row.municipality for row in data["by_municipality"]]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise ValidationError(f"named twice: {', '.join(twice)}", "by_municipality")
        if missing := dict(_missing_columns(data["by_municipality"])):
            raise ValidationError({"by_municipality": missing})
        return Year(**data | {"by_municipality": tuple(data["by_municipality"])})


def _missing_columns(rows: Sequence[Row]) -> Iterator[tuple[int, dict[str, list[str]]]]:
    """Every row has the columns of all the others."""
    columns = dict.fromkeys(column for row in rows for column in row.counts)
    for position, row in enumerate(rows):
        if missing := [column for column in columns if column not in row.counts]:
            yield position, {column: ["Missing data for required field."] for column in missing}


def read_year(file: Path) -> Year:
    """The published year in `file`; raises PublishedError with every problem."""
    try:
        year: Year = _YearSchema().loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise PublishedError(f"{file}: {error.strerror}") from error
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        raise PublishedError(f"{file.name}: not JSON: {error}") from error
    except ValidationError as error:
        lines = [f"{file.name}: {path or 'year'}: {reason}" for path, reason, _ in located(error)]
        raise PublishedError("\n".join(lines)) from error
    return year
