"""The platform's past, as operators look it up."""

from datetime import UTC, datetime
from operator import attrgetter

from services.reporting.history import rules
from services.reporting.history.messages import (
    PartnerDay,
    PartnerDaysQuery,
    ProblemInThePast,
    ServiceThroughput,
    Throughput,
)
from services.reporting.history.rules import WEEK, PastProblem, Period, Span
from services.reporting.history.store import HistoryStore
from services.reporting.manual.lookups import entry_of
from services.reporting.unit import Lookup
from shared.business_dates import NETHERLANDS
from shared.postgres import as_row
from shared.web import Page, PageQuery, check_cursor, page_of


def throughput(span: Span, lookup: Lookup) -> Throughput:
    """What each service took until now, beside a week before at the same time of day."""
    store, end = lookup.store(HistoryStore), datetime.now(UTC).replace(second=0, microsecond=0)
    period = Period.until(end, span)
    before = Period.until((end.astimezone(NETHERLANDS) - WEEK).astimezone(UTC), span)
    now, then = store.pieces(period), store.pieces(before)
    return Throughput(
        span=span,
        moments=tuple(int((period.begin + period.step * (each + 1)).timestamp()) for each in range(period.pieces)),
        services=tuple(
            ServiceThroughput(
                name=name,
                messages=rules.messages(now, name),
                messages_week_before=rules.messages(then, name),
                rates=rules.rates(now, name, period),
                rates_week_before=rules.rates(then, name, before),
            )
            for name in rules.services_of([*now, *then])
        ),
    )


def partner_days(query: PartnerDaysQuery, lookup: Lookup) -> list[PartnerDay]:
    """The figures of a day of each partner."""
    return lookup.store(HistoryStore).partner_days(query.day or lookup.today, query.house)


def past_problems(query: PageQuery, lookup: Lookup) -> Page[ProblemInThePast]:
    """A page of them, the newest first. Raises Rejected if the cursor is no problem."""
    store = lookup.store(HistoryStore)
    check_cursor(query.cursor, store.problem_known)
    page = page_of(store.problems(query.cursor, query.limit), query.limit, attrgetter("id"))
    return Page([_view(problem) for problem in page.items], page.next)


def _view(problem: PastProblem) -> ProblemInThePast:
    entry = entry_of(problem.concern, problem.about, problem.amount)
    return ProblemInThePast(**as_row(problem), manual=entry)
