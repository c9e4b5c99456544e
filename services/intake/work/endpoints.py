"""What waits for the people of intake, over HTTP."""

from services.intake.access import (
    ADVISE_MAYOR,
    DECIDE_IDENTITY,
    FORGET,
    GIVE_FEEDBACK,
    PRE_SORT,
    SORT_CONTACT,
    WATCH_LISTS,
)
from services.intake.work.lookups import (
    bij_questions,
    callers,
    contact_moments,
    forgettings,
    held_back,
    identity_conflicts,
    matches,
    owed_feedback,
    suspect_lists,
)
from shared.web.work import Kind, work_of

work = work_of(
    Kind(DECIDE_IDENTITY, identity_conflicts),
    Kind(DECIDE_IDENTITY, matches),
    Kind(FORGET, forgettings),
    Kind(SORT_CONTACT, contact_moments),
    Kind(SORT_CONTACT, callers),
    Kind(PRE_SORT, held_back),
    Kind(GIVE_FEEDBACK, owed_feedback),
    Kind(ADVISE_MAYOR, bij_questions),
    Kind(WATCH_LISTS, suspect_lists),
)
