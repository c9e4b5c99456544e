"""The prosecutor may ask whether somebody is discussed: yes or no, and whom to call."""

from typing import Literal

from services.intake.house import SUSPECT_LISTS, House
from services.intake.openings.rules import BRIEFING
from shared.rules import BrokenRule, Contradiction, NotAllowed

MOST_A_DAY = 40
"""Questions of one person. ZSM asks of a case at hand; whoever asks more often looks through the house."""

Why = Literal["settlement", "custody", "conditions"]
"""What the prosecutor must decide: how a case is settled, whether somebody stays in custody, on which conditions."""
AskFor = Literal["information_coordinator", "process_director", "aftercare_coordinator"]


class NotTheProsecutor(NotAllowed):
    field = "organisation"
    reason = "is no partner of this house that sends lists of suspects"


class NothingToGoBy(BrokenRule):
    field = "about"
    reason = "needs a BSN, or family name, given names and the whole birth date"


class AskedTooOften(Contradiction):
    field = "why"
    reason = f"was asked {MOST_A_DAY} times within a day by you: call the house"


def check_prosecutor(organisation: str, house: House) -> None:
    """Raises NotTheProsecutor."""
    partner = house.partners.get(organisation)
    if partner is None or not partner.sends(SUSPECT_LISTS):
        raise NotTheProsecutor


def who_knows(open_purposes: frozenset[str], house: House) -> AskFor | None:
    """Whom to ask for: who directs the table, else who prepares the briefing, else who sees to aftercare."""
    if open_purposes - house.purposes_of_aftercare - {BRIEFING}:
        return "process_director"
    if BRIEFING in open_purposes:
        return "information_coordinator"
    return "aftercare_coordinator" if open_purposes else None
