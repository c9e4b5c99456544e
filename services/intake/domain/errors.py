"""What can't be done, and why. `field` is the input to blame, str() the reason."""


class IntakeError(Exception):
    """Base: a class gives its field and its reason."""

    field = ""
    reason = ""

    def __init__(self) -> None:
        super().__init__(self.reason)


class UnknownReferral(IntakeError):
    field = "referralId"
    reason = "is not a referral of this house"


class UnknownSubject(IntakeError):
    field = "subjectId"
    reason = "is not a subject of this house"


class MayNotGet(IntakeError):
    field = "partner"
    reason = "is not a partner of this house that gets this type of message"


class UnknownPurpose(IntakeError):
    field = "purpose"
    reason = "is not a purpose for which this house shows a name"


class NotAsked(IntakeError):
    field = "data.requestId"
    reason = "is not a request that was sent to you"


class AlreadyAnswered(IntakeError):
    field = "data.requestId"
    reason = "is answered already"


class NobodyDetained(IntakeError):
    field = "data.subject"
    reason = "is nobody of whom a detention notice came"


class NotAssigned(IntakeError):
    field = "data.assignmentId"
    reason = "is not an assignment of yours"


class UnknownSubmission(IntakeError):
    field = "messageId"
    reason = "is not a message that was handed on"


class ReplayRefused(IntakeError):
    """Base: an ordinary answer to a partner's request for a replay."""

    field = "data.fromSequence"


class NotSentYet(ReplayRefused):
    reason = "was not sent yet"


class NoLongerKept(ReplayRefused):
    def __init__(self, first_kept: int) -> None:
        self.reason = f"is no longer kept; numbers from {first_kept} on are"
        super().__init__()


class ReplayUnderWay(ReplayRefused):
    reason = "is asked for while an earlier replay is under way"


class ReplayedEnough(ReplayRefused):
    reason = "is more than may be replayed in a day"
