"""The invented persons and the programs of persons.toml, who can sign in at a development machine's provider."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from deploy.topology import DESK

FILE = Path(__file__).with_name("persons.toml")


@dataclass(frozen=True)
class Program:
    """A client of the provider that acts for itself. functions: by house."""

    id: str
    organisation: str
    functions: Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Person:
    """id: opaque, the subject of tokens. login: what is typed. functions: by house.

    standing_in: by house, the functions of others that the person has until a day: person, functions, until.
    """

    id: str
    login: str
    name: str
    organisation: str
    functions: Mapping[str, Sequence[str]]
    standing_in: Mapping[str, Sequence[Mapping[str, Any]]] = field(default_factory=dict)


@dataclass(frozen=True)
class Directory:
    """Everybody whom the provider knows."""

    persons: Sequence[Person]
    programs: Sequence[Program]

    @classmethod
    def load(cls, file: Path = FILE) -> "Directory":
        known = tomllib.loads(file.read_text(encoding="utf-8"))
        return cls(
            [Person(**person) for person in known["persons"]], [Program(**program) for program in known["programs"]]
        )

    @property
    def logins(self) -> list[str]:
        return [person.login for person in self.persons]

    def as_text(self, passwords: Mapping[str, str]) -> str:
        """A line for each person: what to type, and who that is."""
        lines = (
            f"  {person.login:10} {passwords[person.login]}  {person.name}, {person.organisation}: "
            f"{', '.join(sorted({function for functions in person.functions.values() for function in functions}))}"
            for person in self.persons
        )
        return "\n".join(["Sign in as one of these invented persons:", *lines])

    @property
    def clients(self) -> list[str]:
        """The ids of the desk and of every program, each of which has a secret."""
        return [DESK, *(program.id for program in self.programs)]
