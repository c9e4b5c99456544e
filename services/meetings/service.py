"""What meetings listens to, what it announces and what it offers."""

from services.meetings.closings.endpoints import close_table_case
from services.meetings.closings.messages import TableCaseClosed
from services.meetings.overview.endpoints import table_case
from services.meetings.plans.endpoints import agree_on_plan, answer_monitoring_moment, due_moments
from services.meetings.plans.messages import ActionPlanAgreed, MonitoringMomentAnswered
from services.meetings.profile import load_houses
from services.meetings.sessions.endpoints import plan_session
from services.meetings.sessions.messages import SessionPlanned
from services.meetings.table_cases.endpoints import table_cases
from services.meetings.table_cases.handlers import open_table_case, prepare_opening
from services.meetings.table_cases.messages import ReferralWeighed, TableCaseOpened, TableCaseReferredAgain
from shared.house_units import HouseUnits
from shared.messaging import Route, Routes
from shared.messaging.entrypoint import Batch, consume
from shared.messaging.slices import EventQueues
from shared.web import COMMON, PARKING, Health, serve

LISTENS = Routes(
    Route("referrals.weighed.v1", ReferralWeighed, open_table_case, prepare=prepare_opening),
)
PUBLISHES = {
    "table-cases.opened.v1": TableCaseOpened,
    "table-cases.referred-again.v1": TableCaseReferredAgain,
    "sessions.planned.v1": SessionPlanned,
    "action-plans.agreed.v1": ActionPlanAgreed,
    "monitoring-moments.answered.v1": MonitoringMomentAnswered,
    "table-cases.closed.v1": TableCaseClosed,
}
OFFERS = {
    "GET /v1/table-cases": table_cases,
    "GET /v1/table-cases/<uuid:table_case_id>": table_case,
    "POST /v1/sessions": plan_session,
    "POST /v1/table-cases/<uuid:table_case_id>/action-plan": agree_on_plan,
    "GET /v1/monitoring-moments": due_moments,
    "POST /v1/table-cases/<uuid:table_case_id>/monitoring-moments/<code>/answer": answer_monitoring_moment,
    "POST /v1/table-cases/<uuid:table_case_id>/closing": close_table_case,
}


class Meetings:
    """Cases under treatment at a table: sessions, action plans, monitoring, closing."""

    name = "meetings"
    health = Health()
    units = HouseUnits(load_houses, PUBLISHES)
    answer = serve(COMMON | PARKING | OFFERS)

    @consume(EventQueues("meetings"), LISTENS)
    def take_events(self, batch: Batch) -> None:
        self.units.take(batch)
