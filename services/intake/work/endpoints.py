"""What waits for the people of intake, over HTTP."""

from services.intake.access import DECIDE_IDENTITY
from services.intake.work.lookups import identity_conflicts
from shared.web.work import Kind, work_of

work = work_of(Kind(DECIDE_IDENTITY, identity_conflicts))
