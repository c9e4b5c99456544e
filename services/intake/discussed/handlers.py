"""The house answers the prosecutor, and keeps who asked why, and about whom if it knows the person: it keeps nothing
of whom it does not know.
"""

from datetime import timedelta

from services.intake.discussed.messages import Discussed, WhetherDiscussed
from services.intake.discussed.rules import (
    MOST_A_DAY,
    AskedTooOften,
    NothingToGoBy,
    check_prosecutor,
    who_knows,
)
from services.intake.discussed.store import DiscussedStore
from services.intake.house import House
from services.intake.openings.rules import last_day
from services.intake.subjects.handlers import known_already, load_candidates
from services.intake.subjects.recognition import forget_descriptions, traits
from services.intake.subjects.rules import Disclosure, KnownSubject, Subject
from services.intake.subjects.store import SubjectStore
from services.intake.unit import Unit
from services.intake.zsm_advices.store import SentAdviceStore
from shared.business_dates import dutch_date
from shared.web import Caller


def whether_discussed(caller: Caller, asked: WhetherDiscussed, unit: Unit) -> Discussed:
    """Whether a person is discussed. Raises NotTheProsecutor, NothingToGoBy, AskedTooOften."""
    house, described = unit.profile(caller.house), asked.about.subject()
    check_prosecutor(caller.organisation, house)
    try:
        known = _known(caller, described, unit)
    finally:
        forget_descriptions()
    unit.concerns("discussions", asked.why)
    ask_for = who_knows(_running(known, house, unit), house) if known else None
    if not (known and ask_for):
        return Discussed(discussed=False, ask_for=None)
    _log(caller, known, asked.why, unit)
    advice_id = unit.store(SentAdviceStore).newest(house.id, caller.organisation, known.case_id)
    return Discussed(discussed=True, ask_for=ask_for, advice_id=advice_id)


def _known(caller: Caller, described: Subject, unit: Unit) -> KnownSubject | None:
    """The person, if the house is certain. The house is locked first, so that one caller's questions are counted."""
    if not traits(described.told(), caller.organisation):
        raise NothingToGoBy
    load_candidates(caller.house, [described], caller.organisation, unit)
    if unit.store(DiscussedStore).asked(caller.house, caller.id, unit.now() - timedelta(days=1)) >= MOST_A_DAY:
        raise AskedTooOften
    known = known_already(described, caller.organisation, caller.house, unit)
    if known:
        unit.concerns("subjects", known.subject_id, known.case_id)
    return known


def _running(known: KnownSubject, house: House, unit: Unit) -> frozenset[str]:
    """For what the case goes on; what ended is readable for some days more, and does not count."""
    ended_until = last_day(True, house, dutch_date(unit.now()))
    assert ended_until
    return unit.store(DiscussedStore).running(house.id, known.case_id, house.purposes_of_cases, ended_until)


def _log(caller: Caller, known: KnownSubject, why: str, unit: Unit) -> None:
    """Among the looks at the case. Of a no the audit log alone tells, so that it keeps nobody known for longer."""
    seen = Disclosure(caller.house, known.subject_id, caller.id, f"zsm_{why}", unit.correlation_id, unit.now())
    unit.store(SubjectStore).add_disclosure(seen)
