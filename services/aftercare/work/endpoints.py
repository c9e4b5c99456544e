"""What waits for the people who see to releases and for providers, over HTTP."""

from services.aftercare.access import SEE_ASSIGNMENTS, SEE_BREACHES, SEE_PREPARATIONS, START_TRAJECTORY
from services.aftercare.work.lookups import assignments, breaches, preparations, wanted
from shared.web.work import Kind, work_of

work = work_of(
    Kind(SEE_PREPARATIONS, preparations),
    Kind(SEE_BREACHES, breaches),
    Kind(START_TRAJECTORY, wanted),
    Kind(SEE_ASSIGNMENTS, assignments),
)
