"""What waits for a process director, over HTTP."""

from services.meetings.access import SEE_TABLE_CASES
from services.meetings.work.lookups import moments_due, without_session
from shared.web.work import Kind, work_of

work = work_of(Kind(SEE_TABLE_CASES, moments_due), Kind(SEE_TABLE_CASES, without_session))
