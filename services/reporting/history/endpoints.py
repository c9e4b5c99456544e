"""The platform's past, over HTTP."""

from collections.abc import Sequence

from services.reporting.access import SEE_OPERATIONS
from services.reporting.history import lookups
from services.reporting.history.messages import (
    PartnerDay,
    PartnerDaysQuery,
    ProblemInThePast,
    Throughput,
    ThroughputQuery,
)
from services.reporting.unit import Lookup
from shared.web import Call, Page, PageQuery, lookup


@lookup(action=SEE_OPERATIONS, query=ThroughputQuery, gives=Throughput)
def throughput(call: Call[ThroughputQuery], unit: Lookup) -> Throughput:
    """Messages that each service took in the last hour, day or week, and in the same time a week before."""
    return lookups.throughput(call.input.span, unit)


@lookup(action=SEE_OPERATIONS, query=PartnerDaysQuery, gives=PartnerDay, many=True)
def partner_days(call: Call[PartnerDaysQuery], unit: Lookup) -> Sequence[PartnerDay]:
    """The figures of a day of each partner, and its last message."""
    return lookups.partner_days(call.input, unit)


@lookup(action=SEE_OPERATIONS, query=PageQuery, gives=ProblemInThePast, paged=True)
def past_problems(call: Call[PageQuery], unit: Lookup) -> Page[ProblemInThePast]:
    """Which problems there were, from when to when, the newest first."""
    return lookups.past_problems(call.input, unit)
