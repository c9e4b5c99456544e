"""A deferred referral comes back at another briefing than was told: whoever heard that day hears the new one."""

from collections.abc import Collection
from datetime import date

from services.weighing.decisions.messages import decision_corrected
from services.weighing.decisions.store import DecisionStore
from services.weighing.house import House
from services.weighing.referrals.rules import Referral
from shared.unit import Unit


def follow_moved(house: str, items: Collection[Referral], to: date, unit: Unit[House]) -> None:
    """Announce the deferrals that bring referrals back at a briefing from which they moved. items: as they were."""
    back, store = {item.referral_id: item for item in items if item.tabling > 1}, unit.store(DecisionStore)
    for referral_id in store.move_returns(back.values(), to) if back else ():
        referral = back[referral_id]
        recorded = store.decisions_on(house, referral_id)[referral.tabling - 1]
        message = decision_corrected(referral, recorded, unit.today)
        unit.announce_on(unit.today, message, referral)
