"""Where weighing keeps references to texts about somebody, and how its texts are forgotten.

The tables whose columns are ids of texts, as `because_text`, never held a text.
"""

from services.weighing.calendar.store import CalendarStore
from services.weighing.families.store import FamilyStore
from services.weighing.house import House
from services.weighing.late_information.store import LateInformationStore
from services.weighing.referrals.store import ReferralStore
from shared.messaging import Event
from shared.sealed_texts.messages import SubjectForgotten
from shared.sealed_texts.plain import TextColumns
from shared.suspects.store import SuspectStore
from shared.unit import Unit

OF_REFERRAL = "SELECT house, case_id FROM referrals WHERE referral_id = {table}.referral_id"
OF_BRIEFING = "SELECT house, briefing_id AS case_id FROM briefings WHERE briefing_id = {table}.briefing_id"
TEXT_COLUMNS = (
    TextColumns("decisions_taken_back", ("because",), OF_REFERRAL),
    TextColumns("briefing_changes", ("because",), OF_BRIEFING),
)


def forget_subject(event: Event[SubjectForgotten], unit: Unit[House]) -> None:
    """Destroy the keys of all texts of the case and of the briefings that had it; forget who belongs with whom.

    Forget what was stated with its referrals, and what came too late, too.
    """
    case_id = event.required_case_id()
    unit.store(FamilyStore).forget_subject(event.data.subject_id)
    unit.store(SuspectStore).forget(case_id)
    unit.store(ReferralStore).forget_stated(case_id)
    unit.store(LateInformationStore).forget(case_id)
    briefings = unit.store(CalendarStore).briefings_with(event.house, case_id)
    unit.texts.erase([case_id, *briefings])
