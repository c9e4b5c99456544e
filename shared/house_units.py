"""The nameko dependency that begins the look-ups and units of work of a service with house profiles."""

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from shared.messaging.publishing import Publishes
from shared.messaging.units import Units
from shared.unit import Lookup, Unit

LoadHouses = Callable[[Path], Mapping[str, Any]]


class HouseUnits(Units):
    """`with self.units.lookup() as lookup` begins a look-up; `begin` and `take` are as in `Units`.

    load_houses: reads the directory of profiles; raises ProfilesError. lookup, unit: the service's own classes, if its
    transactions have further fields: those of `Lookup.resources`. sealing_fields: as in `Units`.
    """

    def __init__(
        self,
        load_houses: LoadHouses,
        publishes: Publishes,
        *,
        lookup: type[Lookup[Any]] = Lookup,
        unit: type[Unit[Any]] = Unit,
        sealing_fields: Collection[str] = (),
    ) -> None:
        super().__init__(self._units_of, publishes, sealing_fields)
        self._load_houses = load_houses
        self._lookup_class = lookup
        self._unit_class = unit

    @contextmanager
    def lookup(self) -> Iterator[Any]:
        """A read-only transaction: PostgreSQL refuses writes."""
        with self.read() as connection:
            yield self._lookup_class(connection=connection, **self._resources)

    def _units_of(self, settings: Any) -> Callable[..., Unit[Any]]:
        common = {"houses": self._load_houses(settings.houses), "master_key": settings.master_key}
        self._resources = common | self._lookup_class.resources(settings)
        return partial(self._unit_class, **self._resources)
