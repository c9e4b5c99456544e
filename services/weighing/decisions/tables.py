"""Which referrals the table takes that a decision opens."""

from collections.abc import Iterator

from services.weighing.house import DecisionRule, House
from services.weighing.referrals.rules import Referral
from shared.rules import BrokenRule


class MunicipalityNotTaken(BrokenRule):
    field = "decision"
    reason = "opens a table that takes no cases from this municipality"


class AgeNotTaken(BrokenRule):
    field = "decision"
    reason = "opens a table that takes no cases of this age class"


class FamilyNotTaken(BrokenRule):
    field = "decision"
    reason = "opens a table that takes no families"


def possible_decisions(referral: Referral, house: House) -> list[str]:
    """The decisions that can be recorded on a referral, whoever it is: not those for a table that does not take it."""
    return [code for code, rule in house.decisions.items() if not any(wrong_table(referral, rule))]


def wrong_table(referral: Referral, rule: DecisionRule) -> Iterator[BrokenRule]:
    if rule.municipalities is not None and referral.municipality not in rule.municipalities:
        yield MunicipalityNotTaken()
    if referral.family:
        if not rule.families:
            yield FamilyNotTaken()
    elif rule.ages is not None and referral.age_class is not None and referral.age_class not in rule.ages:
        yield AgeNotTaken()
