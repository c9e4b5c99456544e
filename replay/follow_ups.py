"""What the weighing team agrees on where a decision needs a follow-up."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from replay.house import DecisionRule, House
from shared.business_dates import today
from shared.working_days import next_working_day

DUE_AFTER = timedelta(days=14)


def with_follow_ups(
    decision: dict[str, Any], rule: DecisionRule, attendees: Sequence[str], briefing_on: date, house: House
) -> dict[str, Any]:
    """The decision, as weighing takes it, with what its rule or its reason needs. attendees: at least two partners."""
    reasons = [what for each in house.reasons if each.code == decision.get("reason") for what in each.needs_follow_up]
    needed = [*rule.needs_follow_up, *reasons]
    return decision | ({"followUps": [_follow_up(needed[0], attendees, briefing_on, house)]} if needed else {})


def _follow_up(what: str, attendees: Sequence[str], briefing_on: date, house: House) -> dict[str, Any]:
    """Due after today, however long ago the briefing was: what is over already can't be agreed on."""
    owner, other = attendees[:2]
    parts: dict[str, tuple[str, Any]] = {
        "other_partner": ("otherPartner", other),
        "destination": ("destination", next(iter(house.destinations), None)),
        "life_domains": ("lifeDomains", list(house.life_domains[:1])),
        "question": ("question", next(iter(house.information_questions), None)),
        "asked_of": ("askedOf", other),
    }
    due_on = next_working_day(max(briefing_on, today()) + DUE_AFTER)
    asked = dict(parts[each] for each in house.follow_ups[what])
    return {"what": what, "owner": owner, "dueOn": due_on.isoformat(), **asked}
