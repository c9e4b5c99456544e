"""Plays a script against a running platform, week by week, each player waiting for what it needs to see."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from random import Random
from typing import TypeVar

from replay.house import House
from replay.players.fund import FundPlay, Step, Writing
from replay.players.letters import (
    OUTFLOW_LIST,
    RELEASE_DATE,
    WITHDRAWAL,
    Letter,
    bij_question,
    outflow_list,
    release_date,
    suspects,
    withdrawal,
)
from replay.players.officers import InformationCoordinator, IntakeOfficers, ThemeOfficer
from replay.players.partners import Partners
from replay.players.people import AftercareCoordinator, ChainManager, ProcessDirectors, WeighingTeam
from replay.players.platform import Platform
from replay.players.prosecutor import FUNCTION, Prosecutor
from replay.script import BijQuestion, Check, Detention, Discussion, Referral, Script, SuspectList, TableCase, Tabling

T = TypeVar("T")
OUTFLOW_TOLD = (1, 15)
"""The day of the next year on which the prisons tell who were released in this one."""
WEEKS_OF_A_QUARTER = 13
SIDE_BY_SIDE = 4
"""So many people of the house work at the same time."""


@dataclass
class Day:
    """What is done on a day. in_turn: one by one. letters: then, all together. on_referrals: then, side by side, what
    concerns each, in order."""

    in_turn: list[Step] = field(default_factory=list)
    letters: list[Writing] = field(default_factory=list)
    on_referrals: dict[int, list[Step]] = field(default_factory=lambda: defaultdict(list))

    @property
    def length(self) -> int:
        return len(self.in_turn) + len(self.letters) + sum(len(steps) for steps in self.on_referrals.values())


@dataclass(frozen=True)
class Players:
    """Everybody who plays."""

    partners: Partners
    team: WeighingTeam
    directors: ProcessDirectors
    coordinator: AftercareCoordinator
    manager: ChainManager
    officers: IntakeOfficers
    information: InformationCoordinator
    theme_officer: ThemeOfficer
    prosecutor: Prosecutor | None
    """None where nobody of a partner can sign in."""

    @classmethod
    def of(cls, platform: Platform, house: House) -> "Players":
        return cls(
            Partners(platform, house, Random(house.house)),  # noqa: S311
            WeighingTeam(platform, house),
            ProcessDirectors(platform, house),
            AftercareCoordinator(platform, house),
            ChainManager(platform, house),
            IntakeOfficers(platform, house),
            InformationCoordinator(platform, house),
            ThemeOfficer(platform, house),
            Prosecutor(platform, house) if platform.admits(house.house, FUNCTION) else None,
        )


class Play:
    """One performance of a script."""

    def __init__(self, script: Script, players: Players) -> None:
        self._script = script
        self._players = players
        self._referrals = {referral.number: referral for referral in script.referrals}
        self._table_case_ids: dict[int, str] = {}
        self._detention_ids: dict[int, str] = {}
        self._advice_ids: dict[int, str] = {}
        self._pool = ThreadPoolExecutor(SIDE_BY_SIDE)
        self._fund = self._fund_play()

    @property
    def length(self) -> int:
        """How many steps it takes."""
        return len(self._script.referrals) + sum(day.length for day in self._agenda().values())

    def perform(self) -> Iterator[int]:
        """Plays it; yields how many steps were done each time. Raises PlayFailed."""
        sent = _by_week((referral.received_on, referral) for referral in self._script.referrals)
        worked = _by_week(sorted(self._agenda().items()))
        with self._pool:
            for nth, week in enumerate(sorted(sent.keys() | worked.keys())):
                self._bring_in(sent.get(week, []), slow=nth % WEEKS_OF_A_QUARTER == 0)
                yield len(sent.get(week, []))
                for day in worked.get(week, []):
                    self._work(day)
                    yield day.length
                self._players.directors.answer_repeats()
        unsealed = self._unseal()
        self._players.partners.answer_requests()
        for referral_id in unsealed:
            self._players.officers.withdraw(referral_id)
        self._merge_doubles()
        self._players.team.report_follow_ups()
        self._players.coordinator.explain_trajectories()
        self._players.directors.meet_again()
        self._players.partners.wait_for_feedback()
        self._players.team.read_late_answers()
        self._players.directors.read_late_information()
        self._players.partners.close()

    def _bring_in(self, referrals: Sequence[Referral], *, slow: bool) -> None:
        """What comes by message first: who calls speaks of people whom the house knows.

        slow: partners answer only once they were reminded.
        """
        partners = self._players.partners
        partners.bring_in(each for each in referrals if not each.channel)
        for each in referrals:
            if each.channel:
                partners.registered(each, self._players.officers.register(each))
            if each.held_back:
                self._sort(each)
        if slow:
            partners.be_reminded(self._players.information.remind)
        partners.answer_requests()

    def _sort(self, referral: Referral) -> None:
        """A referral that no briefing weighs is not worrying, and its referrer hears that."""
        self._players.information.say_worrying(self._id(referral), worrying=bool(referral.tablings))
        if not referral.tablings:
            self._players.partners.expect_feedback(referral)

    def _unseal(self) -> list[str]:
        """What was sealed by mistake is a referral of today, of no year that is over; gives the ids."""
        unsealed = [each for each in self._script.referrals if each.unsealed]
        for referral in unsealed:
            self._players.partners.expect_request(referral)
        return [self._players.theme_officer.unseal(self._id(referral)) for referral in unsealed]

    def _merge_doubles(self) -> None:
        ids, officers = self._players.partners.referral_ids, self._players.officers
        for each in self._script.doubles:
            one, other = (officers.subject_of(ids[number]) for number in (each.referral, each.other))
            officers.merge(one, other, wrongly=each.wrongly)

    def _work(self, day: Day) -> None:
        for step in day.in_turn:
            step()
        self._players.partners.send([letter for write in day.letters for letter in write()])
        list(self._pool.map(_do_all, day.on_referrals.values()))

    def _agenda(self) -> dict[date, Day]:
        """What people do on each day."""
        agenda: dict[date, Day] = defaultdict(Day)
        for (on, sub_region), tabled in self._briefings().items():
            agenda[on].in_turn.append(partial(self._hold_briefing, on, sub_region, tabled))
        for case in self._script.table_cases:
            for on, step in self._casework(case):
                agenda[on].on_referrals[case.referral].append(step)
        for referral in self._script.referrals:
            self._aftercare(referral, agenda)
        self._besides(agenda)
        for on in _mondays(self._script.year.year):
            agenda[on].in_turn.append(partial(self._players.coordinator.watch, on))
        agenda[date(self._script.year.year + 1, *OUTFLOW_TOLD)].letters.append(self._outflow)
        if self._fund:
            self._do_with_fund(self._fund, agenda)
        for message in self._script.wrong_messages:
            right = next(referral for referral in self._script.referrals if referral.partner == message.partner)
            agenda[message.on].in_turn.append(partial(self._players.partners.send_wrong, message, right))
        return agenda

    def _besides(self, agenda: dict[date, Day]) -> None:
        """What no figure counts."""
        for referral in self._script.referrals:
            if referral.withdrawn_on:
                self._withdraw(referral, agenda[referral.withdrawn_on])
            if referral.sealed_on:
                agenda[referral.sealed_on].in_turn.append(partial(self._seal, referral))
        for call in self._script.calls:
            agenda[call.on].in_turn.append(partial(self._players.officers.take, call))
        for listed in self._script.suspect_lists:
            agenda[listed.on].letters.append(partial(self._list_suspects, listed))
        for asked in self._script.bij_questions:
            agenda[asked.on].in_turn.append(partial(self._ask_house, asked))
        for discussion in self._script.discussions:
            agenda[discussion.on].in_turn.append(partial(self._ask_whether_discussed, discussion))

    def _briefings(self) -> dict[tuple[date, str], list[tuple[Referral, Tabling]]]:
        briefings: dict[tuple[date, str], list[tuple[Referral, Tabling]]] = defaultdict(list)
        for referral in self._script.referrals:
            sub_region = self._script.house.places[referral.subject.place].sub_region
            for tabling in referral.tablings:
                briefings[tabling.on, sub_region].append((referral, tabling))
        return briefings

    def _hold_briefing(self, day: date, sub_region: str, tabled: list[tuple[Referral, Tabling]]) -> None:
        """Weigh what is tabled, and see each decision arrive where it opens a table, before anything follows on it."""
        partners, team = self._players.partners, self._players.team
        decided = {partners.referral_ids[referral.number]: tabling for referral, tabling in tabled}
        team.read_agenda(sub_region, day, decided.keys())
        team.decide_together(day, {id: tabling.as_recorded for id, tabling in decided.items()})
        self._correct_and_tell(tabled)
        for referral, tabling in tabled:
            if tabling is not referral.tablings[-1]:
                partners.expect_request(referral)
            if self._script.house.decisions[tabling.decision].opens_table:
                referral_id = partners.referral_ids[referral.number]
                self._table_case_ids[referral.number] = self._players.directors.find(referral_id)

    def _correct_and_tell(self, tabled: Sequence[tuple[Referral, Tabling]]) -> None:
        """Correct what was recorded wrong, and have each referrer hear what was decided."""
        partners, by_people = self._players.partners, dict[str, str]()
        for referral, tabling in tabled:
            referral_id = self._id(referral)
            if tabling.corrects:
                self._players.team.correct(referral_id, referral.tablings.index(tabling) + 1, tabling)
            if referral.channel:
                by_people[referral_id] = tabling.decision
            else:
                partners.expect_feedback(referral, 2 if tabling.corrects else 1)
        if by_people:
            self._players.officers.tell(by_people)

    def _withdraw(self, referral: Referral, day: Day) -> None:
        """By message, if the sender has one for it; or else by phone."""
        if WITHDRAWAL in self._script.house.partners[referral.partner].may_send:
            day.letters.append(lambda: [withdrawal(referral, self._id(referral), self._script.house)])
        else:
            day.in_turn.append(lambda: self._players.officers.withdraw(self._id(referral)))

    def _seal(self, referral: Referral) -> None:
        assert referral.theme
        self._players.theme_officer.seal(self._id(referral), referral.theme)

    def _list_suspects(self, listed: SuspectList) -> list[Letter]:
        return [suspects(listed, self._script.house)]

    def _ask_house(self, asked: BijQuestion) -> None:
        advise = partial(self._players.coordinator.advise, corrected=asked.corrected)
        self._players.partners.ask(bij_question(asked, self._script.house), advise)

    def _ask_whether_discussed(self, asked: Discussion) -> None:
        advice_id = self._advice_ids[asked.table_case] if asked.table_case else None
        if advice_id:
            self._players.partners.wait_for_advice(asked.partner, advice_id)
        if self._players.prosecutor:
            self._players.prosecutor.ask(asked, advice_id)

    def _id(self, referral: Referral) -> str:
        return self._players.partners.referral_ids[referral.number]

    def _casework(self, case: TableCase) -> Iterator[tuple[date, Step]]:
        directors = self._players.directors
        yield case.session_on, lambda: directors.hold_session(case, self._table_case_ids[case.referral])
        yield case.session_on, lambda: directors.agree_on_plan(case, self._table_case_ids[case.referral])
        if case.advised:
            yield case.session_on, partial(self._advise, case)
        for check in case.checks:
            yield check.on, partial(self._ask, case, check)
        if case.closed_on:
            yield case.closed_on, partial(self._close, case, case.closed_on)

    def _advise(self, case: TableCase) -> None:
        self._advice_ids[case.referral] = self._players.directors.advise(self._table_case_ids[case.referral])

    def _ask(self, case: TableCase, check: Check) -> None:
        self._players.directors.ask_case_holder(check, self._table_case_ids[case.referral])

    def _close(self, case: TableCase, closed_on: date) -> None:
        self._players.directors.close(case, closed_on, self._table_case_ids[case.referral])

    def _aftercare(self, referral: Referral, agenda: dict[date, Day]) -> None:
        """The prisons tell of another release date; the coordinator does where they can't, and makes the plan."""
        detention = referral.detention
        if detention is None or not referral.tablings:
            return
        on = agenda[detention.release_changes_on] if detention.release_changes_on else None
        if on and self._may_tell(referral):
            on.letters.append(lambda: [release_date(referral, self._script.house)])
        elif on:
            on.on_referrals[referral.number].append(partial(self._change_release_date, referral, detention))
        if detention.plan_on:
            agenda[detention.plan_on].on_referrals[referral.number].append(partial(self._plan, referral, detention))
        if detention.refused_on:
            refuse = partial(self._refuse, referral, detention.refused_on)
            agenda[detention.refused_on].on_referrals[referral.number].append(refuse)

    def _may_tell(self, referral: Referral) -> bool:
        """Of somebody whom the house does not know again nobody can tell anything."""
        partner = self._script.house.partners[referral.partner]
        return referral.subject.is_recognised and RELEASE_DATE in partner.may_send

    def _change_release_date(self, referral: Referral, detention: Detention) -> None:
        assert detention.release_changes_on and detention.released_on
        days = detention.release_changes_on, detention.released_on
        self._players.coordinator.change_release_date(referral.partner, self._detention(referral), *days)

    def _plan(self, referral: Referral, detention: Detention) -> None:
        assert detention.plan_on
        self._players.coordinator.make_plan(detention, self._detention(referral), detention.plan_on)

    def _refuse(self, referral: Referral, on: date) -> None:
        self._players.coordinator.refuse(self._detention(referral), on)

    def _outflow(self) -> list[Letter]:
        """Who was released in the year, as the prisons know it: also those of whom we know no release date."""
        house, year = self._script.house, self._script.year.year
        released = [each for each in self._script.referrals if _released_in(year, each)]
        sender = next(iter(house.senders(OUTFLOW_LIST)), None)
        return outflow_list(house, sender, year, released) if sender else []

    def _fund_play(self) -> FundPlay | None:
        fund_year, players = self._script.fund_year, self._players
        if fund_year is None:
            return None
        people = players.coordinator, players.manager, players.partners
        return FundPlay(fund_year, self._script.house, self._referrals, self._detention, *people)

    def _do_with_fund(self, fund: FundPlay, agenda: dict[date, Day]) -> None:
        opened_on, open_year = fund.opening()
        agenda[opened_on].in_turn.append(open_year)
        for on, number, step in fund.on_referrals():
            agenda[on].on_referrals[number].append(step)
        for on, write in fund.letters():
            agenda[on].letters.append(write)

    def _detention(self, referral: Referral) -> str:
        if referral.number not in self._detention_ids and referral.detention:
            referral_id = self._players.partners.referral_ids[referral.number]
            self._detention_ids[referral.number] = self._players.coordinator.find(referral_id, referral.detention)
        return self._detention_ids[referral.number]


def _do_all(steps: Iterable[Step]) -> None:
    for step in steps:
        step()


def _by_week(dated: Iterable[tuple[date, T]]) -> dict[date, list[T]]:
    weeks: dict[date, list[T]] = defaultdict(list)
    for day, thing in dated:
        weeks[day - timedelta(days=day.weekday())].append(thing)
    return weeks


def _mondays(year: int) -> Iterator[date]:
    first = date(year, 1, 1)
    return iter([day for day in (first + timedelta(days=nth) for nth in range(365)) if day.weekday() == 0])


def _released_in(year: int, referral: Referral) -> bool:
    left_on = referral.detention.left_on if referral.detention else None
    return left_on is not None and left_on.year == year
