"""What waits for the weighing team and for those who are asked, over HTTP."""

from services.weighing.access import LEAD_BRIEFING, SEE_AGENDA, SEE_QUESTIONS
from services.weighing.work.lookups import briefings, questions, to_settle, unanswered
from shared.web.work import Kind, work_of

work = work_of(
    Kind(SEE_AGENDA, briefings),
    Kind(LEAD_BRIEFING, to_settle),
    Kind(SEE_AGENDA, unanswered),
    Kind(SEE_QUESTIONS, questions),
)
