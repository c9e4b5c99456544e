"""The house tells what was written about somebody, to those who need it for a purpose, and keeps who read it."""

from collections.abc import Collection, Iterable, Sequence
from itertools import groupby
from operator import attrgetter
from typing import get_args
from uuid import UUID

from services.intake import metrics
from services.intake.access import HOLDS, SEE_TEXTS, WROTE
from services.intake.contributions.messages import ContributionsQuery, ContributionVersion, ContributionView
from services.intake.contributions.store import ContributionStore
from services.intake.house import LATE, OWN, TextKind, ToldField
from services.intake.openings.handlers import held_cases, open_cases
from services.intake.subjects.rules import Disclosure
from services.intake.subjects.store import SubjectStore
from services.intake.subjects.telling import needed
from services.intake.unit import Unit
from shared.sealed_texts import SealedText
from shared.web import Caller, possible_relations


def disclosed_contributions(caller: Caller, query: ContributionsQuery, unit: Unit) -> list[ContributionView]:
    """The texts that the caller is told for the purpose, all versions of each. Raises PurposeNotAllowed.

    Each text that is told is logged, and each id that was asked for is in the audit log.
    """
    kinds, own = _told_kinds(caller, query.purpose, unit), query.purpose == OWN
    case_ids = () if query.purpose == LATE else query.case_ids
    found = _contributions(caller.house, query.contribution_ids, case_ids, unit)
    told = [
        text for text in found if text[0].kind in kinds and (not own or text[0].organisation == caller.organisation)
    ]
    shown = _logged(told, caller, query.purpose, unit)
    for contribution_id in {*query.contribution_ids} - {view.contribution_id for view in shown}:
        unit.concerns("contributions", contribution_id)
    return shown


def _told_kinds(caller: Caller, purpose: str, unit: Unit) -> Collection[ToldField]:
    """The kinds of texts that the caller is told. Raises PurposeNotAllowed."""
    by = possible_relations(caller, SEE_TEXTS)
    if purpose == OWN and WROTE in by:
        return get_args(TextKind)
    holds = purpose == LATE and HOLDS in by
    return needed(purpose, {caller.organisation} if holds else caller.roles, unit.profile(caller.house))


def _contributions(
    house: str, contribution_ids: Sequence[UUID], case_ids: Sequence[UUID], unit: Unit
) -> list[list[SealedText]]:
    """The versions of each text that is not erased, the oldest first."""
    old = unit.store(ContributionStore).among_particulars(house, contribution_ids, case_ids)
    sealed = [*unit.texts.read(house, contribution_ids), *unit.texts.of_cases(house, case_ids)]
    return _by_text({version for version in (*old, *sealed) if version.text is not None})


def _by_text(versions: Iterable[SealedText]) -> list[list[SealedText]]:
    in_order = sorted(versions, key=lambda version: (version.text_id.bytes, version.written_at))
    return [list(found) for _, found in groupby(in_order, attrgetter("text_id"))]


def _logged(told: Collection[list[SealedText]], caller: Caller, purpose: str, unit: Unit) -> list[ContributionView]:
    """Those of cases for which the purpose is open, and of no sealed matter, each with a line in the log."""
    about = unit.store(ContributionStore).subjects_of_cases(caller.house, [text[0].case_id for text in told])
    seen = _seen(about, caller, purpose, unit)
    shown = [_view(text) for text in told if text[0].case_id in seen]
    for view in shown:
        disclosure = Disclosure(
            caller.house,
            about[view.case_id],
            caller.id,
            purpose,
            unit.correlation_id,
            unit.now(),
            view.contribution_id,
        )
        unit.store(SubjectStore).add_disclosure(disclosure)
        unit.concerns("contributions", view.contribution_id, view.case_id)
        metrics.DISCLOSURES.labels(caller.house, purpose).inc()
    return shown


def _seen(case_ids: Collection[UUID], caller: Caller, purpose: str, unit: Unit) -> set[UUID]:
    house = unit.profile(caller.house)
    if purpose == LATE:
        return held_cases(house, caller.organisation, case_ids, unit)
    return open_cases(house, purpose, case_ids, unit)


def _view(versions: Sequence[SealedText]) -> ContributionView:
    first = versions[0]
    return ContributionView(
        contribution_id=first.text_id,
        case_id=first.case_id,
        kind=first.kind,  # type: ignore[arg-type]  # intake writes no other kinds
        organisation=first.organisation,
        versions=tuple(
            ContributionVersion(text=version.text, written_at=version.written_at)
            for version in versions
            if version.text is not None
        ),
    )
