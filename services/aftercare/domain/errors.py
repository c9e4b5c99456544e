"""The rules that a command can break. `field` is the input to blame, str() the reason."""


class BrokenRule(Exception):
    """Base: the class gives the field and the reason, an instance may be more exact about either."""

    field = ""
    reason = ""

    def __init__(self, field: str | None = None, reason: str | None = None) -> None:
        super().__init__(reason or self.reason)
        self.field = field or self.field


class UnknownDetention(BrokenRule):
    field = "detentionId"
    reason = "is not a detention of this house"


class BeforeDetention(BrokenRule):
    reason = "is before the detention began"


class BeforeLastChange(BrokenRule):
    field = "changedOn"
    reason = "is before the last change of the release date"


class BeforeStandingPlan(BrokenRule):
    field = "madeOn"
    reason = "is before the plan that it would replace was made"


class UnknownLifeDomain(BrokenRule):
    field = "domain"
    reason = "is not a life domain of this house"


class LifeDomainTwice(BrokenRule):
    field = "domain"
    reason = "stands in the plan already"


class LifeDomainMissing(BrokenRule):
    field = "domains"
    reason = "must go through every life domain"


class NothingDone(BrokenRule):
    field = "referredTo"
    reason = "is required, or an agreement: a bottleneck goes nowhere without either"


class UnknownTrajectory(BrokenRule):
    field = "trajectoryId"
    reason = "is not a trajectory of this house"


class UnknownProvider(BrokenRule):
    field = "provider"
    reason = "is not a provider of this house"


class UnknownKind(BrokenRule):
    field = "kind"
    reason = "is not a kind of trajectory of this house"


class UnknownMunicipality(BrokenRule):
    field = "municipality"
    reason = "is not a municipality of this house"


class NotTheirDetention(BrokenRule):
    field = "detentionId"
    reason = "is not a detention of this case"


class StillRunning(BrokenRule):
    field = "startsOn"
    reason = "is before the end of another trajectory of this kind with this provider"


class UnknownStage(BrokenRule):
    field = "stage"
    reason = "is not a stage of this kind of trajectory"


class StageBehind(BrokenRule):
    field = "stage"
    reason = "is not after the stage that was reached"


class BeforeStart(BrokenRule):
    field = "on"
    reason = "is before the trajectory started"


class BeforeStage(BrokenRule):
    field = "on"
    reason = "is before the last stage was reached"


class TrajectoryOver(BrokenRule):
    field = "on"
    reason = "is after the trajectory ended"


class AlreadyEnded(BrokenRule):
    field = "on"
    reason = "is not the end that is recorded"


class ResultMissing(BrokenRule):
    field = "result"
    reason = "is required of a trajectory that ended"


class UnknownStay(BrokenRule):
    field = "stayId"
    reason = "is not a stay of this house"


class UnknownTransitionHouse(BrokenRule):
    field = "transitionHouse"
    reason = "is not a transition house of this region"


class AlreadyAsked(BrokenRule):
    field = "askedOn"
    reason = "is not the day of the stay that is waited for, or running, in this transition house"


class BeforeAsked(BrokenRule):
    field = "on"
    reason = "is before the stay was asked for"


class AlreadyBegan(BrokenRule):
    field = "on"
    reason = "is too late: the stay has begun"


class AlreadyWithdrawn(BrokenRule):
    field = "on"
    reason = "is too late: nobody waits for this stay any more"


class NotBegun(BrokenRule):
    field = "on"
    reason = "is too early: the stay has not begun"


class BeforeStay(BrokenRule):
    field = "on"
    reason = "is before the stay began"


class LivesElsewhere(BrokenRule):
    field = "on"
    reason = "is before the end of another stay: nobody lives in two places"


class UnknownPlace(BrokenRule):
    field = "place"
    reason = "is not a place of this transition house"


class PlaceTaken(BrokenRule):
    field = "place"
    reason = "is taken, on that day or later"


class NoPlaceFree(BrokenRule):
    field = "on"
    reason = "is a day on which no place is free from then on"


class UnknownFund(BrokenRule):
    field = "fund"
    reason = "is not a fund of this house with this year"


class UnknownLine(BrokenRule):
    field = "line"
    reason = "is not a budget line of this fund"


class UnknownCommitment(BrokenRule):
    field = "commitmentId"
    reason = "is not a commitment of this house"


class UnknownAdvance(BrokenRule):
    field = "advanceId"
    reason = "is not an advance of this house"


class UnknownEntry(BrokenRule):
    field = "entryId"
    reason = "is not an entry of this house"


class BelowThreshold(BrokenRule):
    field = "single"


class AlreadyAllotted(BrokenRule):
    field = "year"
    reason = "is allotted already: correct that entry first"


class NothingForTheHouse(BrokenRule):
    field = "outflow"
    reason = "leaves nothing that the house applies for"


class Overdrawn(BrokenRule):
    """The reason says by how much, and of what."""

    field = "amount"


class NothingPromised(BrokenRule):
    field = "assignmentId"
    reason = "has no commitment to be paid out of"


class InvoicedBefore(BrokenRule):
    field = "number"
    reason = "is of an invoice that was taken before"


class InstalmentsDiffer(BrokenRule):
    field = "instalments"
    reason = "must add up to the advance, on one day after another"


class AlreadyCorrected(BrokenRule):
    field = "entryId"
    reason = "is corrected already"


class NotForCorrection(BrokenRule):
    field = "entryId"
    reason = "is a correction: book anew what was right after all"


class EndsBeforeStart(BrokenRule):
    field = "endsOn"
    reason = "is before the start"


class YearClosed(BrokenRule):
    field = "year"
    reason = "is closed"


class CommitmentsOpen(BrokenRule):
    field = "year"


class CoFinancingShort(BrokenRule):
    field = "year"


class AgreementMissing(BrokenRule):
    field = "agreement"
    reason = "is required: a due date is of an agreement"


class DueBeforePlan(BrokenRule):
    field = "dueOn"
    reason = "is before the plan is made"


class BeforeLastRefusal(BrokenRule):
    field = "refusedOn"
    reason = "is before the last refusal"


class ReleaseUnknown(BrokenRule):
    field = "moment"
    reason = "has no day: the release date is not known"


class BeforeMoment(BrokenRule):
    field = "answeredOn"
    reason = "is before the moment"


class NothingToFollowUp(BrokenRule):
    field = "moment"
    reason = "follows up no plan: there is none"


class NoBottleneck(BrokenRule):
    field = "domain"
    reason = "has no bottleneck in the plan that stands"


class BeforeLastAnswer(BrokenRule):
    field = "answeredOn"
    reason = "is before the last answer at this moment"


class UnknownConversation(BrokenRule):
    field = "conversationId"
    reason = "is not a conversation of this house"


class NothingSaid(BrokenRule):
    field = "report"
    reason = "is required, or the day on which the conversation was asked for"


class NobodyAsked(BrokenRule):
    field = "provider"
    reason = "is required of a conversation that was asked for"


class HeldBeforeAsked(BrokenRule):
    field = "heldOn"
    reason = "is before the conversation was asked for"


class AlreadyHeld(BrokenRule):
    field = "heldOn"
    reason = "is of another report than the one that is recorded"


class NothingOffered(BrokenRule):
    field = "accepted"
    reason = "is an answer, and no trajectory was offered"


class ReleasedBeforeDetained(BrokenRule):
    reason = "is released before being detained"


class NotOfTheListsYear(BrokenRule):
    reason = "is not released in the year of the list"
