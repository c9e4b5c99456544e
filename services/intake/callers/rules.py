"""Somebody asked the house something, and hears the answer: as late as the house likes, but not before the question."""

from shared.rules import BrokenRule, Contradiction


class NoAnswerByMessage(BrokenRule):
    field = "type"
    reason = "is only for partners that get information-questions.answered.v1: ask the house to list it, or call"


class NothingAsked(Contradiction):
    field = "contactMomentId"
    reason = "is nothing to answer: no question, consultation or contact request, and nobody is sent elsewhere"


class AnsweredOtherwise(Contradiction):
    field = "because"
    reason = "is needed to correct an answer: somebody has given another one already"


class BeforeQuestion(BrokenRule):
    field = "toldOn"
    reason = "is before the day on which the caller asked"
