"""Whatever is asked, in whatever order and at whatever moment: no place is given twice, and nobody is in two places."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import eventlet
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from services.aftercare.house import House, TransitionHouse
from services.aftercare.stays import handlers
from services.aftercare.stays.messages import AskForStay, BeginStay, CorrectBeginning, CorrectEnd, WithdrawStep
from services.aftercare.stays.rules import Stay
from services.aftercare.stays.store import StayStore
from services.aftercare.table_cases.store import Heard, TableCaseStore
from shared.messaging import Rejected
from shared.testing.service import RunningService
from shared.unit import Unit

PLACES = {"linde": 2, "eik": 1}
REGION = House(
    life_domains=("housing",),
    aftercare_tables=frozenset(),
    transition_houses={
        code: TransitionHouse(code=code, name=code, municipality="Noordstad", places=places)
        for code, places in PLACES.items()
    },
)
PEOPLE = [uuid4() for _ in range(4)]
EVER = 12
days = st.integers(1, 10)


def day(number: int) -> date:
    return date(2015, 1, 1) + timedelta(days=number)


@dataclass
class Expected:
    """One stay as the model knows it: days are numbers."""

    stay_id: UUID
    person: UUID
    transition_house: str
    asked: int
    place: int | None = None
    began: int | None = None
    ended: int | None = None
    withdrawn: int | None = None

    @property
    def waits(self) -> bool:
        return self.began is None and self.withdrawn is None

    @property
    def runs(self) -> bool:
        return self.began is not None and self.ended is None

    @property
    def lived(self) -> set[int]:
        """The days; of a stay that runs, as far as anybody looks."""
        return set() if self.began is None else set(range(self.began, EVER if self.ended is None else self.ended))


class TransitionHouses(RuleBasedStateMachine):
    """A region of its own, with four people and three places, and the model beside it."""

    aftercare: RunningService

    def __init__(self) -> None:
        super().__init__()
        self.house = f"house-{uuid4()}"
        self.stays: list[Expected] = []
        with self.unit() as unit:
            for person in PEOPLE:
                heard = Heard(house=self.house, case_id=person, table_case_id=uuid4(), told_by=uuid4())
                unit.store(TableCaseStore).open_table_case(heard, day(0))

    @contextmanager
    def unit(self) -> Iterator[Unit[House]]:
        with self.aftercare.begin() as unit:
            in_region = replace(unit, houses={self.house: REGION})
            yield in_region
            in_region.flush()

    def done(self, command: Callable[..., Stay], *arguments: Any) -> Stay | None:
        """What became of a command; None when it was refused."""
        try:
            with self.unit() as unit:
                return command(self.house, *arguments, "somebody", unit)
        except Rejected:
            return None

    def free(self, transition_house: str, on: int) -> list[int]:
        """The places that nobody takes from a day on."""
        taken = {
            each.place
            for each in self.stays
            if each.transition_house == transition_house and each.lived & set(range(on, EVER))
        }
        return [place for place in range(1, PLACES[transition_house] + 1) if place not in taken]

    def may_begin(self, stay: Expected, on: int) -> bool:
        """But for the place."""
        elsewhere = [each for each in self.stays if each is not stay and each.person == stay.person]
        return stay.waits and stay.asked <= on and not any(each.lived & set(range(on, EVER)) for each in elsewhere)

    @rule(person=st.sampled_from(PEOPLE), transition_house=st.sampled_from(sorted(PLACES)), on=days)
    def ask(self, person: UUID, transition_house: str, on: int) -> None:
        there = [each for each in self.stays if (each.person, each.transition_house) == (person, transition_house)]
        asked = AskForStay(case_id=person, transition_house=transition_house, asked_on=day(on))
        standing = next((each for each in there if each.waits or each.runs), None)
        stay = self.done(handlers.ask_for_stay, asked)
        if standing is None:
            assert stay
            self.stays.append(Expected(stay.stay_id, person, transition_house, on))
        else:
            assert (stay and stay.stay_id) == (standing.stay_id if standing.asked == on else None)

    @precondition(lambda self: self.stays)
    @rule(data=st.data(), on=days, place=st.none() | st.integers(0, 3))
    def begin(self, data: st.DataObject, on: int, place: int | None) -> None:
        expected = data.draw(st.sampled_from(self.stays))
        began = self.done(handlers.begin_stay, expected.stay_id, BeginStay(on=day(on), place=place))
        if expected.began == on and place in (None, expected.place):
            assert began
            return
        free = self.free(expected.transition_house, on)
        wanted = (place if place in free else None) if place is not None else next(iter(free), None)
        if wanted is None or not self.may_begin(expected, on):
            assert began is None
        else:
            assert began
            assert began.place == wanted
            expected.place, expected.began = wanted, on

    @rule(transition_house=st.sampled_from(sorted(PLACES)), on=days)
    def begin_all_at_the_same_moment(self, transition_house: str, on: int) -> None:
        waiting = [each for each in self.stays if each.waits and each.transition_house == transition_house]
        fitting = [each for each in waiting if self.may_begin(each, on)]
        free = self.free(transition_house, on)
        moment = [
            eventlet.spawn(self.done, handlers.begin_stay, each.stay_id, BeginStay(on=day(on))) for each in waiting
        ]
        began = [stay for stay in (each.wait() for each in moment) if stay]
        assert {stay.stay_id for stay in began} <= {each.stay_id for each in fitting}
        assert sorted(stay.place or 0 for stay in began) == free[: len(fitting)]
        for stay in began:
            [expected] = [each for each in fitting if each.stay_id == stay.stay_id]
            expected.place, expected.began = stay.place, on

    @precondition(lambda self: self.stays)
    @rule(data=st.data(), on=days)
    def end(self, data: st.DataObject, on: int) -> None:
        expected = data.draw(st.sampled_from(self.stays))
        ended = self.done(handlers.end_stay, expected.stay_id, day(on))
        allowed = expected.runs and expected.began is not None and expected.began <= on
        assert bool(ended) == (allowed or expected.ended == on)
        if allowed:
            expected.ended = on

    @precondition(lambda self: self.stays)
    @rule(data=st.data(), on=days)
    def withdraw(self, data: st.DataObject, on: int) -> None:
        expected = data.draw(st.sampled_from(self.stays))
        withdrawn = self.done(handlers.withdraw_stay, expected.stay_id, day(on))
        allowed = expected.waits and expected.asked <= on
        assert bool(withdrawn) == (allowed or expected.withdrawn == on)
        if allowed:
            expected.withdrawn = on

    def fits(self, stay: Expected, other: Expected) -> bool:
        """Whether a stay, as it would become, leaves another its place, and its person one place."""
        shared = other.person == stay.person or (other.transition_house, other.place) == (
            stay.transition_house,
            stay.place,
        )
        return not (shared and stay.lived & other.lived)

    def taken_back(self, expected: Expected, right: Expected, allowed: bool, done: Stay | None) -> None:
        """The stay became as it should be, if that may be and leaves everybody else alone."""
        others = [each for each in self.stays if each is not expected]
        fits = allowed and all(self.fits(right, other) for other in others)
        assert bool(done) == fits
        if fits:
            expected.__dict__.update(right.__dict__)

    @precondition(lambda self: self.stays)
    @rule(data=st.data(), on=days, place=st.none() | st.integers(1, 3))
    def correct_beginning(self, data: st.DataObject, on: int, place: int | None) -> None:
        expected = data.draw(st.sampled_from(self.stays))
        right = replace(expected, began=on, place=place or expected.place)
        slip = CorrectBeginning(on=day(on), place=place, because="vergissing")
        done = self.done(handlers.correct_beginning, expected.stay_id, slip)
        known_place = (right.place or 0) <= PLACES[expected.transition_house]
        in_order = expected.asked <= on <= (EVER if expected.ended is None else expected.ended)
        self.taken_back(expected, right, expected.began is not None and known_place and in_order, done)

    @precondition(lambda self: self.stays)
    @rule(data=st.data(), on=days)
    def correct_end(self, data: st.DataObject, on: int) -> None:
        expected = data.draw(st.sampled_from(self.stays))
        done = self.done(handlers.correct_end, expected.stay_id, CorrectEnd(on=day(on), because="vergissing"))
        allowed = expected.ended is not None and expected.began is not None and expected.began <= on
        self.taken_back(expected, replace(expected, ended=on), allowed, done)

    @precondition(lambda self: self.stays)
    @rule(data=st.data())
    def withdraw_a_step(self, data: st.DataObject) -> None:
        expected = data.draw(st.sampled_from(self.stays))
        slip = WithdrawStep(because="vergissing")
        if expected.ended is None:
            done = self.done(handlers.withdraw_beginning, expected.stay_id, slip)
            self.taken_back(expected, replace(expected, began=None, place=None), expected.began is not None, done)
            return
        done = self.done(handlers.withdraw_end, expected.stay_id, slip)
        there = (expected.person, expected.transition_house)
        again = any((each.waits or each.runs) and (each.person, each.transition_house) == there for each in self.stays)
        self.taken_back(expected, replace(expected, ended=None), not again, done)

    @rule(on=days)
    def look(self, on: int) -> None:
        with self.unit() as unit:
            found = unit.store(StayStore).occupancy(self.house, day(on))
        living = Counter(each.transition_house for each in self.stays if on in each.lived)
        assert {code: row.occupied for code, row in found.items() if row.occupied} == living

    @invariant()
    def what_is_stored_is_what_is_expected(self) -> None:
        with self.aftercare.units.read() as connection:
            rows = connection.execute(
                "SELECT stay_id, place, began_on, ended_on, withdrawn_on FROM stays WHERE house = %s", [self.house]
            ).fetchall()
        assert {row[0]: row[1:] for row in rows} == {
            each.stay_id: (
                each.place,
                *(None if number is None else day(number) for number in (each.began, each.ended, each.withdrawn)),
            )
            for each in self.stays
        }

    @invariant()
    def no_place_is_given_twice_and_nobody_is_in_two(self) -> None:
        lived = [(each, number) for each in self.stays for number in each.lived]
        places = Counter((each.transition_house, each.place, number) for each, number in lived)
        people = Counter((each.person, number) for each, number in lived)
        assert max([*places.values(), *people.values()], default=1) == 1


def test_stays_hold_whatever_is_asked_and_at_whatever_moment(aftercare: RunningService) -> None:
    class Here(TransitionHouses):
        pass

    Here.aftercare = aftercare
    quick = settings(max_examples=40, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(Here, settings=quick)
