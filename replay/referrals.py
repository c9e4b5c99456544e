"""What partners bring: the kind of message, who sends it, and what it tells."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from replay import briefings
from replay.house import House, Place
from replay.script import CannotPlan, Detention, Referral, Subject, Tabling

SENT_AS = {
    "arrest_notice": "arrest-notices.submitted.v1",
    "detention_notice": "detention-notices.submitted.v1",
    "current_referral": "current-referrals.submitted.v1",
}
"""How the kinds come that every house has. Another kind of the profile comes as a current referral that names it."""
SHARES = {"arrest_notice": 60, "detention_notice": 25, "current_referral": 15}
TAKEN_AWAY = ("current_referral", "arrest_notice")
AFTERCARE_SHARES = {"arrest_notice": 10, "detention_notice": 80, "current_referral": 10}
OFFENCES = ("winkeldiefstal", "woninginbraak", "mishandeling", "bedreiging", "vernieling", "openbare dronkenschap")
CONCERNS = (
    "Hulpverlening stokt; betrokkene mijdt elk contact.",
    "Oplopende overlast in de buurt, schulden en dreigende huisuitzetting.",
    "Zorgen over de kinderen in het gezin.",
    "Terugkeer in de wijk na detentie zonder woonplek.",
)


def sent_as(kind: str) -> str:
    """The short type of the message that brings a referral of this kind."""
    return SENT_AS.get(kind, SENT_AS["current_referral"])


class Referrals:
    """Makes referrals; they get their numbers once all are known."""

    def __init__(self, house: House, random: Random) -> None:
        self._house = house
        self._random = random

    def on(self, subject: Subject, tablings: Sequence[Tabling], *, earliest: date = date.min) -> Referral:
        """A referral that comes in during the last week for its first briefing, not before `earliest`."""
        last_receipt = briefings.last_receipt(self._house, tablings[0].on)
        received_on = max(last_receipt - timedelta(days=self._random.randrange(6)), earliest)
        kind = self._kind(subject, self._for_aftercare(tablings[-1]))
        return self._make(subject, kind, received_on, tablings=tuple(tablings))

    def not_weighed(self, place: Place) -> list[str]:
        """The kinds of referrals that partners may send and that are not weighed when they are about somebody there."""
        return self._treated("never", place)

    def held_back(self, place: Place) -> list[str]:
        """The kinds that are weighed only if they are worrying when they are about somebody there."""
        return self._treated("if_worrying", place)

    def registered(self, kind: str, subject: Subject, received_on: date) -> Referral:
        """A referral that is registered and not weighed."""
        return self._make(subject, kind, received_on)

    def sealed(self, subject: Subject, received_on: date, theme: str) -> Referral:
        """A referral that nobody but intake sees."""
        return self._make(subject, "current_referral", received_on, theme=theme)

    def taken_away(self, subject: Subject, received_on: date, theme: str | None = None) -> Referral | None:
        """A referral that its sender withdraws on the day after, or that is sealed then; None if nobody may send it."""
        kind = next(iter(self._weighed(TAKEN_AWAY, subject)), None)
        if kind is None:
            return None
        made, day = self._make(subject, kind, received_on, theme=theme), received_on + timedelta(days=1)
        return replace(made, sealed_on=day) if theme else replace(made, withdrawn_on=day)

    def _treated(self, how: str, place: Place) -> list[str]:
        kinds = [kind.code for kind in self._house.referral_kinds if kind.treatment(place.name) == how]
        return [kind for kind in kinds if self._house.senders(sent_as(kind))]

    def _for_aftercare(self, tabling: Tabling) -> bool:
        table = self._house.decisions[tabling.decision].opens_table
        return table is not None and self._house.tables[table].aftercare

    def _kind(self, subject: Subject, for_aftercare: bool) -> str:
        shares = dict(AFTERCARE_SHARES if for_aftercare else SHARES)
        if subject.is_family:
            del shares["arrest_notice"]
        if subject.is_family or subject.age_class == "under_18":
            del shares["detention_notice"]
        sent = self._weighed(shares, subject)
        if not sent:
            raise CannotPlan(f"nobody may send a referral that is weighed about somebody in {subject.place}")
        return self._random.choices(sent, [shares[kind] for kind in sent])[0]

    def _weighed(self, kinds: Iterable[str], subject: Subject) -> list[str]:
        """Those of these kinds that partners may send and that are weighed, if only because the sender is worried."""
        weighed = {kind.code for kind in self._house.referral_kinds if kind.treatment(subject.place) != "never"}
        return [kind for kind in kinds if kind in weighed and self._house.senders(sent_as(kind))]

    def _make(
        self,
        subject: Subject,
        kind: str,
        received_on: date,
        tablings: tuple[Tabling, ...] = (),
        theme: str | None = None,
    ) -> Referral:
        return Referral(
            number=0,
            subject=subject,
            kind=kind,
            partner=self._sender(kind, subject),
            received_on=received_on,
            text=self._random.choice(OFFENCES if kind == "arrest_notice" else CONCERNS),
            tablings=tablings,
            detention=self._detention(received_on) if kind == "detention_notice" else None,
            theme=theme,
        )

    def _sender(self, kind: str, subject: Subject) -> str:
        """A current referral comes from the person's own municipality or from any partner but another municipality."""
        senders = self._house.senders(sent_as(kind))
        contacts = {place.contact for place in self._house.places.values()}
        own = self._house.places[subject.place].contact
        if own in senders and self._random.random() < 0.4:
            return str(own)
        return self._random.choice([sender for sender in senders if sender not in contacts] or senders)

    def _detention(self, received_on: date) -> Detention:
        """Of most a release date is expected; it is watched. Before it a plan is made, or refused."""
        random = self._random
        expected = received_on + timedelta(days=random.randint(20, 300)) if random.random() < 0.7 else None
        changes_on = received_on + timedelta(days=random.randint(7, 28)) if random.random() < 0.5 else None
        institution = random.choice(self._house.institutions)
        detained_on = received_on - timedelta(days=random.randint(0, 10))
        released_on = changes_on and changes_on + timedelta(days=random.randint(14, 250))
        seen_on = received_on + timedelta(days=random.randint(10, 40))
        day_before = [day - timedelta(days=1) for day in (expected, released_on) if day]
        seen_on, accepts = min([seen_on, *day_before]), random.random() < 0.8
        return Detention(
            institution=institution,
            detained_on=detained_on,
            expected_release_on=expected,
            release_changes_on=changes_on,
            released_on=released_on,
            plan_on=seen_on if accepts else None,
            refused_on=None if accepts else seen_on,
            bottlenecks=tuple(domain for domain in self._house.life_domains if random.random() < 0.5),
        )
