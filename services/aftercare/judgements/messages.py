"""What each message of a partner carries that aftercare judges, and the announcement of the judgement."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerMessage:
    """Base of the messages that aftercare judges: the partner's own id of the message, and the partner that sent it."""

    message_id: UUID
    partner: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemFound:
    """`field` is the path in the partner's message (`data.releaseOn`), empty for the message as a whole."""

    field: str
    reason: str
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmissionJudged:
    """`submissions.judged.v1`: a partner's message took effect (`problems` is empty) or was refused."""

    message_id: UUID
    partner: str
    problems: tuple[ProblemFound, ...]
