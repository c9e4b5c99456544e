"""Makes `topology.toml` and the house profiles into the definitions that the broker loads when it boots.

The same definitions serve the local stack, the tests and Compose, on RabbitMQ 3.10 to 4.x.
"""

import re
import tomllib
from base64 import b64encode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from secrets import token_bytes
from typing import Any

from shared.configuration import HOUSE_FORMAT, SLUG, ProfileFormat
from shared.messaging.slices import SLICES, EventQueues, slice_key, slices_of

PARTNERS_QUEUES = {"ingress": "ingress_queue", "out": "out_queue", "dead_letters_of_partner": "dead_queue"}
"""Kinds of queues of which each partner has one, with the key of `partners` in the file that names them."""
DESK = "desk"
"""The program with the pages for people. It has a database like a service, and nothing to do with the broker."""
TOPOLOGY_FILE = Path(__file__).with_name("topology.toml")


def all_services() -> tuple[str, ...]:
    """The services of the platform, whatever houses there are: publishers stand before the readers of their events."""
    return tuple(tomllib.loads(TOPOLOGY_FILE.read_text())["services"])


class BadProfile(Exception):
    """A house profile has a key that no profile has, or no usable house name or partner id."""


@dataclass(frozen=True, slots=True)
class Partner:
    """A partner of one house."""

    house: str
    id: str


@dataclass(frozen=True, slots=True)
class Access:
    """What a broker user may do: exchanges it writes, queues it reads. Nobody configures anything.

    reads_all: keys of `partners` in the file; all queues that are named so, of whichever partner.
    """

    writes: tuple[str, ...] = ()
    reads: tuple[str, ...] = ()
    reads_all: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()  # the types it may announce on its topic exchange, the first of `writes`


@dataclass(frozen=True, slots=True)
class Queue:
    """A queue, its kind (a key of `queues` in the file) and what is bound to it: (exchange, routing key)."""

    name: str
    kind: str
    bindings: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Topology:
    """The topology file, applied to the partners of the houses that run in this installation."""

    file: Mapping[str, Any]
    partners: tuple[Partner, ...]

    @classmethod
    def load(cls, houses: Path, shards: int | None = None) -> "Topology":
        """Reads the topology and the profiles in the directory `houses`; raises BadProfile.

        shards: into how many queues each service's events are divided, if not as in the file.
        """
        file = tomllib.loads(TOPOLOGY_FILE.read_text())
        return cls(file | {"shards": shards or file["shards"]}, tuple(_partners_in(houses)))

    @property
    def virtual_host(self) -> str:
        return str(self.file["virtual_host"])

    @property
    def services(self) -> tuple[str, ...]:
        return tuple(self.file["services"])

    @property
    def databases(self) -> tuple[str, ...]:
        """Who has a database: every service, and the desk."""
        return (*self.services, DESK)

    @property
    def shards(self) -> int:
        return int(self.file["shards"])

    @property
    def houses(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(partner.house for partner in self.partners))

    def user_of(self, partner: Partner) -> str:
        return self._name("user", partner)

    @cached_property
    def exchanges(self) -> dict[str, str]:
        """The type of each exchange by its name."""
        door = self.file["partners"]
        return {
            **{event["publisher"]: "topic" for event in self.file["events"].values()},
            **{_entry(service): "direct" for service in self.services if self.shards > 1},
            door["exchange"]: "direct",
            self.file["dead_letters"]["exchange"]: "fanout",
            self.file["dead_letters"]["partners_exchange"]: "direct",
            **{self._name("ingress_exchange", partner): "fanout" for partner in self.partners},
        }

    @cached_property
    def queues(self) -> tuple[Queue, ...]:
        dead = self.file["dead_letters"]
        return (
            *(queue for service in self.services for queue in self._service_queues(service)),
            *(self._ingress_queue(partner) for partner in self.partners),
            *(self._out_queue(partner) for partner in self.partners),
            *(self._dead_queue(partner) for partner in self.partners),
            Queue(dead["queue"], "dead_letters", ((dead["exchange"], ""),)),
        )

    @cached_property
    def users(self) -> dict[str, Access]:
        """The access of each broker user by its name."""
        dead = self.file["dead_letters"]
        return {
            **{service: self._worker_access(service) for service in self.services},
            **{f"{service}-relay": self._relay_access(service) for service in self.services},
            **{self.user_of(partner): self._partner_access(partner) for partner in self.partners},
            dead["reader"]: Access(reads=(dead["queue"],)),
        }

    def definitions(self, passwords: Mapping[str, str]) -> dict[str, Any]:
        """What RabbitMQ's `load_definitions` reads; `passwords` has one for each of `users`."""
        return {
            "vhosts": [{"name": self.virtual_host}],
            "users": [_user(name, passwords[name], self._limits(name)) for name in self.users],
            "permissions": [self._permission(name, access) for name, access in self.users.items()],
            "topic_permissions": [self._topics(name, access) for name, access in self.users.items() if access.topics],
            "policies": [*map(self._policy, self.file["queues"]), *map(self._ingress_policy, self.partners)],
            "exchanges": [self._exchange(name, kind) for name, kind in self.exchanges.items()],
            "queues": [self._queue(queue) for queue in self.queues],
            "bindings": [
                *(self._binding("exchange", _entry(service), *bound) for service, bound in self._entries()),
                *(self._binding("queue", queue.name, *bound) for queue in self.queues for bound in queue.bindings),
            ],
        }

    def _name(self, key: str, partner: Partner) -> str:
        return str(self.file["partners"][key]).format(house=partner.house, partner=partner.id)

    def _events_for(self, service: str) -> tuple[tuple[str, str], ...]:
        events = self.file["events"].items()
        return tuple((event["publisher"], key) for key, event in events if service in event["consumers"])

    def _service_queues(self, service: str) -> Iterable[Queue]:
        names = EventQueues(service).named(self.shards)
        if self.shards == 1:
            return [Queue(name, "service", self._events_for(service)) for name in names]
        return (
            Queue(name, "service", tuple((_entry(service), slice_key(each)) for each in slices_of(shard, self.shards)))
            for shard, name in enumerate(names, start=1)
        )

    def _entries(self) -> Iterable[tuple[str, tuple[str, str]]]:
        """What is bound to the exchange before each service's shards."""
        services = self.services if self.shards > 1 else ()
        return ((service, bound) for service in services for bound in self._events_for(service))

    def _ingress_queue(self, partner: Partner) -> Queue:
        exchange = self._name("ingress_exchange", partner)
        return Queue(self._name("ingress_queue", partner), "ingress", ((exchange, ""),))

    def _out_queue(self, partner: Partner) -> Queue:
        bound = (self.file["partners"]["exchange"], self.user_of(partner))
        return Queue(self._name("out_queue", partner), "out", (bound,))

    def _dead_queue(self, partner: Partner) -> Queue:
        bound = (self.file["dead_letters"]["partners_exchange"], self.user_of(partner))
        return Queue(self._name("dead_queue", partner), "dead_letters_of_partner", (bound,))

    def _worker_access(self, service: str) -> Access:
        own = EventQueues(service).named(self.shards)
        is_door = service == self.file["partners"]["door"]
        return Access(reads=tuple(own), reads_all=("ingress_queue",) if is_door else ())

    def _relay_access(self, service: str) -> Access:
        keys = tuple(key for key, event in self.file["events"].items() if event["publisher"] == service)
        to_partners = (self.file["partners"]["exchange"],) if service == self.file["partners"]["door"] else ()
        return Access(writes=((service,) if keys else ()) + to_partners, topics=keys)

    def _partner_access(self, partner: Partner) -> Access:
        return Access(
            writes=(self._name("ingress_exchange", partner),),
            reads=(self._name("out_queue", partner),),
        )

    def _permission(self, user: str, access: Access) -> dict[str, str]:
        read = _only(access.reads, map(self._of_any_partner, access.reads_all))
        allowed = {"configure": "^$", "write": _only(access.writes), "read": read}
        return {"user": user, "vhost": self.virtual_host, **allowed}

    def _limits(self, user: str) -> Mapping[str, int]:
        """Services have none: how many of a service run is not for the broker to say."""
        return {} if user.removesuffix("-relay") in self.services else self.file["partners"]["limits"]

    def _topics(self, user: str, access: Access) -> dict[str, str]:
        slices = map(slice_key, SLICES)  # 4.x asks for each key that an event carries
        allowed = {"exchange": access.writes[0], "write": _only((*access.topics, *slices)), "read": "^$"}
        return {"user": user, "vhost": self.virtual_host, **allowed}

    def _policy(self, kind: str) -> dict[str, Any]:
        names = [queue.name for queue in self.queues if queue.kind == kind]
        all_partners = PARTNERS_QUEUES.get(kind)
        pattern = _only((), [self._of_any_partner(all_partners)]) if all_partners else _only(names)
        definition = self.file["queues"][kind]["policy"]
        common = {"apply-to": "queues", "priority": 0, "vhost": self.virtual_host}
        return {"name": kind, "pattern": pattern, "definition": definition, **common}

    def _ingress_policy(self, partner: Partner) -> dict[str, Any]:
        """The policy of ingress queues, with the partner's name as the routing key of dead letters: the partner chose
        the routing key that they have. A policy, because a queue keeps the arguments that it was born with."""
        name = self._name("ingress_queue", partner)
        definition = self.file["queues"]["ingress"]["policy"] | {"dead-letter-routing-key": self.user_of(partner)}
        common = {"apply-to": "queues", "priority": 1, "vhost": self.virtual_host}
        return {"name": name, "pattern": _only([name]), "definition": definition, **common}

    def _of_any_partner(self, key: str) -> str:
        """A pattern for all names that are made so: hundreds of names are more than RabbitMQ can compile."""
        pattern = re.escape(str(self.file["partners"][key]))
        for part in ("house", "partner"):
            pattern = pattern.replace(re.escape(f"{{{part}}}"), SLUG.pattern)
        return pattern

    def _exchange(self, name: str, kind: str) -> dict[str, Any]:
        dead = self.file["dead_letters"]
        arguments = {"alternate-exchange": dead["exchange"]} if name == dead["partners_exchange"] else {}
        fixed = {"durable": True, "auto_delete": False, "internal": False, "arguments": arguments}
        return {"name": name, "vhost": self.virtual_host, "type": kind, **fixed}

    def _queue(self, queue: Queue) -> dict[str, Any]:
        arguments = self.file["queues"][queue.kind]["arguments"]
        common = {"vhost": self.virtual_host, "durable": True, "auto_delete": False}
        return {"name": queue.name, "arguments": arguments, **common}

    def _binding(self, kind: str, name: str, exchange: str, routing_key: str) -> dict[str, Any]:
        destination = {"destination": name, "destination_type": kind, "arguments": {}}
        return {"source": exchange, "vhost": self.virtual_host, "routing_key": routing_key, **destination}


def _entry(service: str) -> str:
    """The exchange before a service's shards."""
    return f"{service}.in"


def _partners_in(houses: Path) -> Iterable[Partner]:
    format = ProfileFormat(HOUSE_FORMAT)
    for path in sorted(houses.glob("*.toml")):
        profile = tomllib.loads(path.read_text())
        if unknown := [f"{path.name}: {key}: is no key of a profile" for key in format.unknown_keys(profile)]:
            raise BadProfile("\n".join(unknown))
        for partner in profile.get("partners", []):
            yield Partner(_slug(path, profile.get("house")), _slug(path, partner.get("id")))


def _slug(path: Path, name: object) -> str:
    if isinstance(name, str) and SLUG.fullmatch(name):
        return name
    raise BadProfile(
        f"{path.name}: {name!r} cannot name a house or partner: lower-case letters, digits and dashes only."
    )


def _only(names: Iterable[str], patterns: Iterable[str] = ()) -> str:
    """A pattern that matches these names, and what these patterns match as a whole, and nothing else."""
    alternatives = "|".join((*map(re.escape, names), *patterns))
    return f"^({alternatives})$" if alternatives else "^$"


def _user(name: str, password: str, limits: Mapping[str, int]) -> dict[str, Any]:
    """RabbitMQ's salted SHA-256: base64(salt + sha256(salt + password)) with a salt of 4 bytes."""
    salt = token_bytes(4)
    hashed = b64encode(salt + sha256(salt + password.encode()).digest()).decode()
    algorithm = "rabbit_password_hashing_sha256"
    return {"name": name, "password_hash": hashed, "hashing_algorithm": algorithm, "tags": "", "limits": limits}
