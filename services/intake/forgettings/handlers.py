"""One person asks that somebody is forgotten, and another one has it done."""

from collections.abc import Sequence
from uuid import UUID

from uuid_utils.compat import uuid7

from services.intake.forgetting import forget_records
from services.intake.forgettings.messages import AskForgetting
from services.intake.forgettings.rules import (
    Forgetting,
    ForgettingDecision,
    UnknownForgetting,
    check_decision,
    check_no_case_runs,
)
from services.intake.forgettings.store import ForgettingRequestStore
from services.intake.subjects.handlers import open_subject
from services.intake.subjects.store import SubjectStore
from services.intake.unit import Unit
from shared.aliases.store import AliasStore
from shared.business_dates import dutch_date
from shared.web import Caller


def ask(caller: Caller, told: AskForgetting, unit: Unit) -> UUID:
    """The id of the request; of the one that waits already, if there is one.

    Raises UnknownSubject, IdentityInDoubt, OnAgenda, AtTable, InAftercareNow.
    """
    unit.store(SubjectStore).lock_house(caller.house)
    known, store = open_subject(caller.house, told.subject_id, unit), unit.store(ForgettingRequestStore)
    _check(caller.house, _records(known.subject_id, unit), unit)
    store.add(
        Forgetting(uuid7(), caller.house, known.subject_id, told.ground, caller.name, caller.id, asked_at=unit.now())
    )
    asked = store.asked(caller.house, known.subject_id)
    assert asked  # as it was asked now or before
    unit.concerns("forgettings", asked.forgetting_id, known.case_id)
    return asked.forgetting_id


def decide(caller: Caller, forgetting_id: UUID, decision: ForgettingDecision, unit: Unit) -> None:
    """Forget all records of the person, or keep them.

    Raises UnknownForgetting, SecondPersonConfirms, IdentityInDoubt, OnAgenda, AtTable, InAftercareNow.
    """
    unit.store(SubjectStore).lock_house(caller.house)
    asked = unit.store(ForgettingRequestStore).asked(caller.house, forgetting_id)
    if asked is None:
        raise UnknownForgetting
    check_decision(asked.asked_by_id, caller.id, decision)
    known = open_subject(caller.house, asked.subject_id, unit)
    unit.concerns("forgettings", forgetting_id, known.case_id)
    if decision == "forget":
        records = _records(asked.subject_id, unit)
        _check(caller.house, records, unit)
        forget_records(records, unit)
    unit.store(ForgettingRequestStore).decide(forgetting_id, decision, caller.name, unit.now())


def _records(subject_id: UUID, unit: Unit) -> Sequence[UUID]:
    return unit.store(AliasStore).group(subject_id)


def _check(house_id: str, records: Sequence[UUID], unit: Unit) -> None:
    store = unit.store(ForgettingRequestStore)
    in_doubt, openings = store.in_doubt(records), store.openings(records)
    check_no_case_runs(openings, unit.profile(house_id), dutch_date(unit.now()), in_doubt=in_doubt)
