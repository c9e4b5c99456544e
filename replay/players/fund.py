"""Who does what with a year of a fund: the chain manager, the coordinator, the providers."""

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial

from replay.house import House
from replay.players.letters import Letter, invoice, report
from replay.players.partners import Partners
from replay.players.people import AftercareCoordinator, ChainManager
from replay.script import Assignment, FundYear, Referral, Report, Stay

Step = Callable[[], None]
Writing = Callable[[], list[Letter]]
OPENED = (1, 2)
"""The day of the year on which the fund's money is booked."""


class FundPlay:
    """One year of a fund. detention_of: gives the detention's id of a referral, by its number."""

    def __init__(
        self,
        fund_year: FundYear,
        house: House,
        referrals: dict[int, Referral],
        detention_of: Callable[[Referral], str],
        coordinator: AftercareCoordinator,
        manager: ChainManager,
        partners: Partners,
    ) -> None:
        self._fund_year = fund_year
        self._house = house
        self._referrals = referrals
        self._detention_of = detention_of
        self._coordinator = coordinator
        self._manager = manager
        self._partners = partners
        self._assignment_ids: dict[int, str] = {}
        self._stay_ids: dict[int, str] = {}

    def opening(self) -> tuple[date, Step]:
        """When the year's money is booked."""
        day = date(self._fund_year.year, *OPENED)
        return day, lambda: self._manager.open_year(self._fund_year, day)

    def on_referrals(self) -> Iterator[tuple[date, int, Step]]:
        """What the coordinator does, and on whose referral."""
        for number, each in enumerate(self._fund_year.assignments):
            yield each.given_on, each.referral, partial(self._give, number, each)
            if each.kind is None:
                yield each.reports[0].on, each.referral, partial(self._promise, number, each, each.reports[0].on)
        for number, stay in enumerate(self._fund_year.stays):
            yield stay.asked_on, stay.referral, partial(self._ask_for_stay, number, stay)
            yield stay.began_on, stay.referral, partial(self._begin_stay, number, stay)
            if stay.ended_on:
                yield stay.ended_on, stay.referral, partial(self._end_stay, number, stay.ended_on)

    def letters(self) -> Iterator[tuple[date, Writing]]:
        """What providers write."""
        for number, each in enumerate(self._fund_year.assignments):
            for told in each.reports:
                yield told.on, partial(self._report, number, each, told)
            yield each.invoiced_on, partial(self._invoice, number, each)

    def _give(self, number: int, assignment: Assignment) -> None:
        """The money for a trajectory is promised at once; what a conversation is for is known once it was held."""
        place = self._referrals[assignment.referral].subject.place
        assignment_id = self._coordinator.give(assignment, self._detention(assignment.referral), place)
        self._assignment_ids[number] = assignment_id
        if assignment.kind is not None:
            self._promise(number, assignment, assignment.given_on)

    def _promise(self, number: int, assignment: Assignment, on: date) -> None:
        place = self._referrals[assignment.referral].subject.place
        self._coordinator.promise(self._fund_year, assignment, self._assignment_ids[number], on, place)

    def _report(self, number: int, assignment: Assignment, told: Report) -> list[Letter]:
        assignment_id = self._assignment_ids[number]
        self._partners.wait_for_assignment(self._house.providers[assignment.provider], assignment_id)
        return [report(self._house, assignment, assignment_id, told)]

    def _invoice(self, number: int, assignment: Assignment) -> list[Letter]:
        return [invoice(self._house, assignment, self._assignment_ids[number])]

    def _ask_for_stay(self, number: int, stay: Stay) -> None:
        self._stay_ids[number] = self._coordinator.ask_for_stay(stay, self._detention(stay.referral))

    def _begin_stay(self, number: int, stay: Stay) -> None:
        self._coordinator.begin_stay(self._stay_ids[number], stay.began_on)

    def _end_stay(self, number: int, on: date) -> None:
        self._coordinator.end_stay(self._stay_ids[number], on)

    def _detention(self, referral: int) -> str:
        return self._detention_of(self._referrals[referral])
