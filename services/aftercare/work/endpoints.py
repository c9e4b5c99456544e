"""What waits for the people who see to releases, over HTTP."""

from services.aftercare.access import SEE_BREACHES, SEE_PREPARATIONS
from services.aftercare.work.lookups import breaches, preparations
from shared.web.work import Kind, work_of

work = work_of(Kind(SEE_PREPARATIONS, preparations), Kind(SEE_BREACHES, breaches))
