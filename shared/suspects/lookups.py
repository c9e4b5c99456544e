"""Whether a case of somebody runs at ZSM."""

from datetime import date
from typing import Any
from uuid import UUID

from shared.suspects.store import SuspectStore
from shared.unit import Lookup


def suspect_since(house: str, case_id: UUID, lookup: Lookup[Any]) -> date | None:
    return lookup.store(SuspectStore).suspects(house, [case_id], lookup.today).get(case_id)
