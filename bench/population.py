"""A made-up population: people, of whom some are told of twice, by other spellings, with slips of the pen or by a wrong
BSN, and some have a twin. The same seed gives the same people.
"""

import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count
from typing import Any

_STEMS = "Jan Bak Vis Mul Ver Hoek Dijk Berg Groen Wit Brou Kui Smit Meij Post Veen Zand Molen Kamp Bos Wolf Haan"
_ENDINGS = "sen ker ser der stra man huis wijk veld laar ink ema inga aard zoon kens mans horst loo beek donk hout"
_MEN = "Jan Piet Kees Mohammed Daan Sem Bram Thijs Ruben Lars Youssef Joost Wouter Maarten Sander Niels Erik Ali"
_WOMEN = "Anna Maria Sanne Fatima Lisa Eva Emma Julia Femke Iris Lotte Samira Roos Marieke Esther Nina Karin"
STEMS, ENDINGS, MEN, WOMEN = (names.split() for names in (_STEMS, _ENDINGS, _MEN, _WOMEN))
PREFIXES = ["", "", "", "", "de ", "van ", "van der ", "van den ", "ten "]
SECOND = ["", "", "", " Johannes", " Maria", " Willem", " Hendrik", " Elisabeth", " Abdel", " Antonius", " Gerrit"]
FIRST_BIRTH, BIRTH_DAYS = date(1950, 1, 1), 20_000
LETTERS = "abcdefghijklmnoprstuvwz"

Details = dict[str, Any]


@dataclass(frozen=True)
class Told:
    """One notice. person: who it is about in truth. planted: why it was made, if it is no ordinary one."""

    person: int
    details: Mapping[str, Any]
    planted: str = ""


@dataclass
class Population:
    """People with notices about them. No two have the same whole name and birth date: nobody could tell them apart."""

    seed: int
    people: int
    planted: int
    _taken: set[tuple[str, str, str]] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._random = random.Random(self.seed)  # noqa: S311  (no secret)
        self._numbers = count(10_000_000)
        self._ids = count()

    def notices(self) -> Iterator[Told]:
        """First one about each person; then the planted ones, in turns of each kind."""
        known = [Told(next(self._ids), self._person()) for _ in range(self.people)]
        yield from known
        makers = (self._twin, self._double, self._slip, self._other_with_bsn, self._wrong_bsn)
        for number, told in enumerate(self._random.sample(known, self.planted)):
            yield makers[number % len(makers)](told)

    def _person(self) -> Details:
        while True:
            is_man, born = self._random.random() < 0.8, self._random.randrange(BIRTH_DAYS)
            details = {
                "kind": "person",
                "familyName": self._family_name(),
                "givenNames": self._random.choice(MEN if is_man else WOMEN) + self._random.choice(SECOND),
                "birthDate": str(FIRST_BIRTH + timedelta(days=born)),
                "sex": "man" if is_man else "woman",
                "municipality": self._random.choice(["Leiden", "Gouda", "Alphen aan den Rijn", "Katwijk"]),
            }
            if self._is_new(details):
                return details | ({"bsn": self._bsn()} if self._random.random() < 0.85 else {})

    def _family_name(self) -> str:
        choose = self._random.choice
        return choose(PREFIXES) + choose(STEMS) + choose(ENDINGS)

    def _is_new(self, details: Details) -> bool:
        name = details["familyName"], details["givenNames"], details["birthDate"]
        return name not in self._taken and not self._taken.add(name)  # type: ignore[func-returns-value]

    def _bsn(self) -> str:
        """The next number that passes the eleven test."""
        while True:
            digits = f"{next(self._numbers):08}"
            check = sum(weight * int(digit) for weight, digit in zip(range(9, 1, -1), digits, strict=True)) % 11
            if check < 10:
                return f"{digits}{check}"

    def _twin(self, told: Told) -> Told:
        """Somebody else of the same family name and birth date."""
        twin = {**told.details, "bsn": self._bsn()}
        names = [name for name in (*MEN, *WOMEN) if name != str(told.details["givenNames"]).split()[0]]
        while not self._is_new(twin):
            name = self._random.choice(names)
            twin |= {"givenNames": name, "sex": "man" if name in MEN else "woman"}
        return Told(next(self._ids), twin, "twin")

    def _double(self, told: Told) -> Told:
        """The same person as another partner tells of it, without BSN."""
        double = {name: value for name, value in told.details.items() if name != "bsn"}
        given, born = str(double["givenNames"]), str(double["birthDate"])
        changes: list[Details] = [
            {},
            {"givenNames": f"{given[0]}."},
            {"givenNames": given.split()[0]},
            {"birthDate": born[:4]},
            {"familyName": f"{self._family_name()}-{double['familyName']}"},
            {"familyName": self._family_name()},
            {"municipality": "Buiten regio"},
            {"familyName": str(double["familyName"]).upper()},
        ]
        return Told(told.person, double | self._random.choice(changes), "double")

    def _slip(self, told: Told) -> Told:
        """The same person with one slip of the pen, without BSN."""
        slip = {name: value for name, value in told.details.items() if name != "bsn"}
        changed = self._random.choice(["familyName", "familyName", "givenNames", "birthDate"])
        mistype = self._mistyped_date if changed == "birthDate" else self._mistyped
        return Told(told.person, slip | {changed: mistype(str(slip[changed]))}, "slip")

    def _other_with_bsn(self, told: Told) -> Told:
        """Somebody else, told of with this person's BSN."""
        return Told(next(self._ids), self._person() | {"bsn": told.details.get("bsn", self._bsn())}, "BSN of another")

    def _wrong_bsn(self, told: Told) -> Told:
        """The same person with a BSN that nobody has."""
        return Told(told.person, {**told.details, "bsn": self._bsn()}, "wrong BSN")

    def _mistyped(self, name: str) -> str:
        """One letter exchanged with the next, left out, doubled or another; not the first."""
        place = self._random.randrange(1, len(name) - 1)
        head, letter, rest = name[:place], name[place], name[place + 1 :]
        ways: list[Callable[[], str]] = [
            lambda: head + rest[0] + letter + rest[1:],
            lambda: head + rest,
            lambda: head + letter + letter + rest,
            lambda: head + self._random.choice(LETTERS) + rest,
        ]
        return self._random.choice(ways)()

    def _mistyped_date(self, born: str) -> str:
        """Day and month exchanged, or another last digit of the year."""
        day = date.fromisoformat(born)
        if day.day <= 12 and day.day != day.month and self._random.random() < 0.5:
            return str(day.replace(month=day.day, day=day.month))
        other = (day.year % 10 + self._random.randrange(1, 10)) % 10
        return str(day.replace(year=day.year // 10 * 10 + other, day=min(day.day, 28) if day.month == 2 else day.day))
