"""What is announced of subjects that are one person, and what people see and decide. Both events are of the case of
`subject_id`.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from services.intake.matches.rules import Band, Decision, State
from services.intake.subjects.comparing import Finding
from services.intake.subjects.messages import DescribedSubject
from shared.bounds import Length, Text

MOST_LISTED = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectsMerged:
    """`subjects.merged.v1`: two subjects are one person. Each keeps its ids; nothing is moved."""

    merge_id: UUID
    subject_id: UUID
    merged_subject_id: UUID
    merged_case_id: UUID
    merged_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectsSeparated:
    """`subjects.separated.v1`: a merge was wrong. Only this link ends; other merges of the two stand."""

    merge_id: UUID
    subject_id: UUID
    separated_subject_id: UUID
    separated_case_id: UUID
    separated_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposePair:
    """Two records that a person takes for one."""

    subject_id: UUID
    other_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideMatch:
    """`merge` or `keep_apart` a proposed pair; `ask_separation` of a merged one, then `separate`, by another person, or
    `stay_merged`; `take_back` a separation or that they were kept apart: the pair is proposed again.
    """

    decision: Decision
    because: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptMatch:
    """A pair that was proposed or decided on."""

    match_id: UUID
    version: int
    state: State


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchEvidence:
    """What each field of the two records says, without what it is."""

    bsn: Finding
    identifiers: Finding
    family_name: Finding
    given_names: Finding
    birth_date: Finding
    sex: Finding
    municipality: Finding
    members: Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchLine:
    """A pair in a list, without names. `score`: how much speaks for one person, from 0 to 100."""

    match_id: UUID
    state: State
    band: Band
    score: int
    evidence: MatchEvidence
    proposed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchList:
    """`waiting`: what a person must decide, the likeliest first. `decided`: the rest, the latest first."""

    waiting: Annotated[tuple[MatchLine, ...], Length(most=MOST_LISTED)]
    decided: Annotated[tuple[MatchLine, ...], Length(most=MOST_LISTED)]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimView:
    """What a partner said of a subject, and when. `partner`: null for what was known before claims were kept."""

    partner: str | None
    stated_at: datetime
    said: DescribedSubject


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordView:
    """One record of a pair by itself. `claims`: what partners said, the latest statement first."""

    subject_id: UUID
    case_id: UUID
    details: DescribedSubject
    claims: tuple[ClaimView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchDecisionView:
    """What a person decided on a pair."""

    decision: Decision
    decided_by: str
    decided_at: datetime
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchView:
    """Two records side by side, `first` the one that was registered first. `decisions`: in order.

    `needs_other_person`: the caller asked for the separation, so that another person must confirm it.
    """

    match_id: UUID
    version: int
    state: State
    band: Band
    score: int
    evidence: MatchEvidence
    first: RecordView
    other: RecordView
    decisions: tuple[MatchDecisionView, ...]
    needs_other_person: bool
