"""A table advises the prosecutor."""

from services.intake.house import House
from services.intake.subjects.handlers import disclosed
from services.intake.subjects.rules import KnownSubject
from services.intake.subjects.store import SubjectStore
from services.intake.unit import Unit
from services.intake.zsm_advices.messages import SubjectOfAdvice, ZsmAdviceSent, ZsmAdviceWritten
from services.intake.zsm_advices.store import SentAdviceStore
from shared.messaging import Event

SENT = "zsm-advices.sent.v1"
PURPOSE = "zsm_advice"


def send_advice(event: Event[ZsmAdviceWritten], unit: Unit) -> None:
    """Tell each partner that gets advices that there is one, and on whom. Raises UnknownSubject."""
    house, case_id = unit.profile(event.house), event.required_case_id()
    subject_id = unit.store(SubjectStore).subject_of_case(house.id, case_id)
    for partner in sorted(id for id, each in house.partners.items() if SENT in each.may_get):
        known = disclosed(house.id, subject_id, to=house.user_of(partner), purpose=PURPOSE, unit=unit)
        unit.store(SentAdviceStore).add_advice(house.id, event.data.advice_id, partner, known.case_id)
        _send(event.data, known, house, partner, unit)


def _send(advice: ZsmAdviceWritten, known: KnownSubject, house: House, partner: str, unit: Unit) -> None:
    said = {name: getattr(known.details, name) for name in SubjectOfAdvice.__slots__}
    message = ZsmAdviceSent(advice_id=advice.advice_id, written_on=advice.written_on, subject=SubjectOfAdvice(**said))
    unit.announce(message, house=house.id, case_id=known.case_id, time=unit.now(), to=house.user_of(partner))
