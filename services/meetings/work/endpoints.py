"""What waits for a process director and for partners with a part in a plan, over HTTP."""

from services.meetings.access import READ_LATE_INFORMATION, SEE_AGREEMENTS, SEE_QUESTIONS, SEE_SUSPECTS, SEE_TABLE_CASES
from services.meetings.work.lookups import (
    agreements,
    decisions_corrected,
    late_information,
    meetings_wanted,
    moments_due,
    questions,
    repeat_questions,
    suspects,
    unanswered_repeats,
    without_session,
)
from shared.web.work import Kind, work_of

work = work_of(
    Kind(SEE_TABLE_CASES, moments_due),
    Kind(SEE_TABLE_CASES, without_session),
    Kind(SEE_TABLE_CASES, unanswered_repeats),
    Kind(SEE_TABLE_CASES, meetings_wanted),
    Kind(SEE_TABLE_CASES, decisions_corrected),
    Kind(SEE_QUESTIONS, questions),
    Kind(SEE_SUSPECTS, suspects),
    Kind(SEE_QUESTIONS, repeat_questions),
    Kind(READ_LATE_INFORMATION, late_information),
    Kind(SEE_AGREEMENTS, agreements),
)
