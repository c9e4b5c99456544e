"""What goes over the wire, as pydantic models: the same documents as the platform's."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Generic, Literal, TypeVar
from uuid import UUID

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, StringConstraints
from pydantic.alias_generators import to_camel
from stdnum.nl import bsn

from services.intake.subjects import rules as subjects


class Message(BaseModel):
    """camelCase outside, snake_case inside; fields that the reader does not know are left out."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True)


Data = TypeVar("Data", bound=Message)


class Event(BaseModel, Generic[Data]):
    """A CloudEvent. `subject` is the case id; a partner's message has neither that nor a house."""

    id: UUID
    source: str
    time: AwareDatetime
    house: str = ""
    subject: UUID | None = None
    data: Data

    @property
    def case_id(self) -> UUID:
        """Raises ValueError when the event names no case."""
        if self.subject is None:
            raise ValueError("subject is required: the case id")
        return self.subject


def _eleven_test(value: str) -> str:
    if not bsn.is_valid(value):
        raise ValueError("must be nine digits that pass the eleven test")
    return value


Code = Annotated[str, StringConstraints(min_length=1, max_length=64)]
Line = Annotated[str, StringConstraints(min_length=1, max_length=500)]
Story = Annotated[str, StringConstraints(min_length=1, max_length=10_000)]


class Strict(Message):
    """An unknown field is an error: what partners send."""

    model_config = ConfigDict(extra="forbid")


class Subject(Strict):
    """A person or a family, as a partner describes it and as it is told to a partner."""

    kind: Literal["person", "family"]
    bsn: Annotated[str, AfterValidator(_eleven_test)] | None = None
    family_name: Line | None = None
    given_names: Line | None = None
    birth_date: str | None = None
    sex: Literal["man", "woman", "unknown"] | None = None
    municipality: Line

    def known(self) -> subjects.Subject:
        return subjects.Subject(**self.model_dump())


class Submission(Strict):
    reference: Code
    subject: Subject


class ArrestNotice(Submission):
    arrested_on: date
    offence: Line


class DetentionNotice(Submission):
    detained_on: date
    institution: Line
    expected_release_on: date | None = None


class CurrentReferral(Submission):
    concern: Story
    theme: Code | None = None
    kind: Code | None = None
    members: None = None
    organisations: None = None
    measures: None = None
    urgent: None = None
    urgent_because: None = None


class AgreedFollowUp(Message):
    what: Code
    owner: Code
    due_on: date
    other_partner: Code | None = None
    destination: Code | None = None
    life_domains: tuple[Code, ...] = ()


class DecisionTaken(Message):
    """What the weighing team decided on one referral."""

    referral_id: UUID
    briefing_on: date
    decision: Code
    reason: Code | None = None
    comes_back_on: date | None = None
    rerouted_to: Line | None = None
    escalated_to: Line | None = None
    attendees: tuple[Code, ...]
    criteria: tuple[Code, ...] = ()
    legal_ground: Code
    information_used: tuple[Code, ...] = ()
    follow_ups: tuple[AgreedFollowUp, ...] = ()


class MessageAccepted(Message):
    message_id: UUID
    reference: str
    referral_id: UUID


class FeedbackGiven(Message):
    message_id: UUID
    reference: str
    decision: str
    reason: str | None = None
    decided_on: date


class InformationRequestSent(Message):
    request_id: UUID
    answer_by: date
    subject: Subject


class ReferralRegistered(Message):
    referral_id: UUID
    subject_id: UUID
    kind: str
    referrer: str
    received_on: date
    municipality: str
    sub_region: str
    sex: str
    age_class: str


class DetentionRegistered(Message):
    detention_id: UUID
    subject_id: UUID
    referral_id: UUID | None = None
    municipality: str
    institution: str
    detained_on: date
    expected_release_on: date | None = None
    own_aftercare: bool
    registered_on: date


class InformationRequestIssued(Message):
    request_id: UUID
    referral_id: UUID
    subject_id: UUID
    partner: str
    answer_by: date


class ReferralWeighed(Message):
    referral_id: UUID
    subject_id: UUID
    municipality: str
    sub_region: str
    referrer: str
    briefing_on: date
    tabling: int
    decision: str
    reason: str | None = None
    comes_back_on: date | None = None
    rerouted_to: str | None = None
    opens_table: str | None = None
    attendees: Sequence[str]
    criteria: Sequence[str]
    legal_ground: str


class TableCaseOpened(Message):
    table_case_id: UUID
    referral_id: UUID
    subject_id: UUID
    table: str
    municipality: str
    sub_region: str
    opened_on: date


class TableCaseReferredAgain(Message):
    table_case_id: UUID
    referral_id: UUID
    table: str
    referred_on: date
