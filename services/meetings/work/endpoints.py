"""What waits for a process director and for partners with a part in a plan, over HTTP."""

from services.meetings.access import SEE_AGREEMENTS, SEE_QUESTIONS, SEE_SUSPECTS, SEE_TABLE_CASES
from services.meetings.work.lookups import agreements, moments_due, questions, suspects, without_session
from shared.web.work import Kind, work_of

work = work_of(
    Kind(SEE_TABLE_CASES, moments_due),
    Kind(SEE_TABLE_CASES, without_session),
    Kind(SEE_QUESTIONS, questions),
    Kind(SEE_SUSPECTS, suspects),
    Kind(SEE_AGREEMENTS, agreements),
)
