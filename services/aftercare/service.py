"""The map of the service: what it listens to, and by subject what it offers."""

from operator import attrgetter

from services.aftercare.dependencies import unit_factory
from services.aftercare.errors import OUTCOMES
from services.aftercare.handlers import (
    conversations,
    detentions,
    funds,
    judgements,
    outflows,
    table_cases,
    trajectories,
    watch,
)
from services.aftercare.http.accounts import AccountEndpoints
from services.aftercare.http.conversations import ConversationEndpoints
from services.aftercare.http.detentions import DetentionEndpoints
from services.aftercare.http.funds import FundEndpoints
from services.aftercare.http.plans import PlanEndpoints
from services.aftercare.http.reconciliations import ReconciliationEndpoints
from services.aftercare.http.scenarios import ScenarioEndpoints
from services.aftercare.http.stays import StayEndpoints
from services.aftercare.http.trajectories import TrajectoryEndpoints
from services.aftercare.http.watch import WatchEndpoints
from services.aftercare.messages.consumed import (
    ConversationReported,
    DetentionRegistered,
    InvoiceReceived,
    OutflowReported,
    ReleaseDateReported,
    TableCaseClosed,
    TableCaseOpened,
    TrajectoryProgressReported,
)
from services.aftercare.messages.published import PUBLISHES
from shared.messaging import Route, Routes
from shared.messaging.entrypoint import Batch, consume
from shared.messaging.slices import EventQueues
from shared.messaging.units import Units
from shared.timer import Tick, timer
from shared.web.common import CommonEndpoints
from shared.web.parking import ParkingEndpoints

LISTENS = Routes(
    Route("detentions.registered.v1", DetentionRegistered(), detentions.register_detention),
    Route("release-dates.reported.v1", ReleaseDateReported(), detentions.report_release_date, judge=judgements.judge),
    Route("outflows.reported.v1", OutflowReported(), outflows.hear_outflow),
    Route(
        "conversations.reported.v1", ConversationReported(), conversations.conversation_reported, judge=judgements.judge
    ),
    Route(
        "trajectory-progress.reported.v1",
        TrajectoryProgressReported(),
        trajectories.progress_reported,
        judge=judgements.judge,
    ),
    Route("invoices.received.v1", InvoiceReceived(), funds.take_invoice, judge=judgements.judge),
    Route("table-cases.opened.v1", TableCaseOpened(), table_cases.follow_opened_table_case),
    Route("table-cases.closed.v1", TableCaseClosed(), table_cases.follow_closed_table_case),
)


class Aftercare(
    CommonEndpoints,
    ParkingEndpoints,
    DetentionEndpoints,
    PlanEndpoints,
    ConversationEndpoints,
    WatchEndpoints,
    ReconciliationEndpoints,
    TrajectoryEndpoints,
    StayEndpoints,
    FundEndpoints,
    ScenarioEndpoints,
    AccountEndpoints,
):
    """The way out of detention: release dates, plans, trajectories, transition houses, and the funds that pay."""

    name = "aftercare"
    units = Units(unit_factory, PUBLISHES, OUTCOMES)

    @consume(EventQueues("aftercare"), LISTENS)
    def take_events(self, batch: Batch) -> None:
        self.units.take(batch)

    @timer(attrgetter("watch_seconds"))
    def watch_today(self, tick: Tick) -> None:
        with self.units.begin(tick) as unit:
            watch.watch_today(unit)
