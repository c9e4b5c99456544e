"""Invented people: their names, birth dates and citizen numbers."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from replay.script import Subject

FAMILY_NAMES = """
    Aalders Bakker Bosman Brouwer Cornelissen Dekker Dijkstra Driessen Elzinga Faber Gerritsen Haverkamp Hendriks
    Hoekstra Huisman Jacobs Jansen Kamphuis Kok Kuiper Lammers Leeuwenberg Martens Meijer Molenaar Mulder Nijhuis
    Oosterhof Peters Postma Prins Reinders Roelofs Schipper Schouten Smit Timmerman Tuinstra Veenstra Verhoeven
    Visser Vos Wassink Westerhof Willems Wolters Zandstra Zijlstra
"""
GIVEN_NAMES = {
    "man": "Adam Bas Bram Daan Dirk Erik Frank Gijs Hugo Jan Jesse Kees Lars Mark Niels Omar Pieter Ruben Sam Tim",
    "woman": "Anna Bo Eline Emma Eva Fatima Hanna Ilse Iris Julia Kim Lisa Lotte Maria Noa Olga Roos Sara Sofie Tess",
    "unknown": "Alex Bo Chris Dani Jamie Jip Lou Luca Mika Noa Quinn Robin Sam Sascha Senna Terry",
}
AGES = {"under_18": range(12, 18), "18_to_23": range(18, 23), "23_and_over": range(23, 70)}
TEST_NUMBERS = 100_000


class People:
    """Makes people who cannot be taken for each other: no two share a BSN, or name and birth date."""

    def __init__(self, reference_day: date, random: Random) -> None:
        self._reference_day = reference_day
        self._random = random
        self._numbers = test_numbers(random.randrange(TEST_NUMBERS))
        self._met: set[tuple[str | None, ...]] = set()

    def make(self, place: str, sex: str, age_class: str, *, registered: bool) -> Subject:
        """Somebody who lives there; `registered` people have a BSN, families never."""
        while True:
            given_names = None if sex == "family" else self._given_names(sex)
            family_name = self._random.choice(FAMILY_NAMES.split())
            birth_date = self._birth_date(age_class)
            met = (family_name, given_names, str(birth_date))
            if birth_date is None or met not in self._met:
                break
        self._met.add(met)
        return Subject(
            place=place,
            sex=sex,
            age_class=age_class,
            family_name=family_name,
            given_names=given_names,
            bsn=next(self._numbers) if registered and sex != "family" else None,
            birth_date=birth_date,
        )

    def age_class_before(self, subject: Subject) -> str:
        """The age class on the reference day of the year before."""
        if subject.birth_date is None:
            return subject.age_class
        day, born = self._reference_day, subject.birth_date
        age = day.year - 1 - born.year - ((day.month, day.day) < (born.month, born.day))
        return next((age_class for age_class, ages in AGES.items() if age < ages.stop), "23_and_over")

    def _given_names(self, sex: str) -> str:
        return " ".join(self._random.sample(GIVEN_NAMES[sex].split(), 2))

    def _birth_date(self, age_class: str) -> date | None:
        """Of that age class on the reference day; None for an unknown one."""
        if age_class not in AGES:
            return None
        birthday = self._reference_day.replace(year=self._reference_day.year - self._random.choice(AGES[age_class]))
        return birthday - timedelta(days=self._random.randrange(365))


def test_numbers(start: int) -> Iterator[str]:
    """Citizen numbers for tests: they begin with 999 and pass the eleven test. Some 90,000 of them, then it raises."""
    for step in range(TEST_NUMBERS):
        digits = f"999{(start + step) % TEST_NUMBERS:05d}"
        check = sum(weight * int(digit) for weight, digit in zip(range(9, 1, -1), digits, strict=True)) % 11
        if check < 10:
            yield f"{digits}{check}"
    raise RuntimeError("more people than there are citizen numbers for tests")
