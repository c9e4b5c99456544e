"""What waits for the weighing team, over HTTP."""

from services.weighing.access import SEE_AGENDA
from services.weighing.work.lookups import briefings, unanswered
from shared.web.work import Kind, work_of

work = work_of(Kind(SEE_AGENDA, briefings), Kind(SEE_AGENDA, unanswered))
