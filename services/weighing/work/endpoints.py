"""What waits for the weighing team and for those who are asked, over HTTP."""

from services.weighing.access import (
    ASK_PARTNERS,
    LEAD_BRIEFING,
    READ_LATE_INFORMATION,
    REMIND_PARTNERS,
    SEE_AGENDA,
    SEE_OWN_FOLLOW_UPS,
    SEE_QUESTIONS,
)
from services.weighing.work.lookups import (
    briefings,
    follow_ups,
    late_answers,
    own_follow_ups,
    questions,
    to_call,
    to_settle,
    unanswered,
)
from shared.web.work import Kind, work_of

work = work_of(
    Kind(SEE_AGENDA, briefings),
    Kind(LEAD_BRIEFING, to_settle),
    Kind(REMIND_PARTNERS, unanswered),
    Kind(ASK_PARTNERS, to_call),
    Kind(READ_LATE_INFORMATION, late_answers),
    Kind(SEE_AGENDA, follow_ups),
    Kind(SEE_QUESTIONS, questions),
    Kind(SEE_OWN_FOLLOW_UPS, own_follow_ups),
)
