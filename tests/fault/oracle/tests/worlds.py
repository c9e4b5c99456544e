"""A world in which all is well, made by hand: what the witness saw of some people, and what the stores then hold."""

from collections.abc import Sequence

from tests.fault.oracle.account import ADVICE, SUSPECTS
from tests.fault.oracle.rows import Link, Parked, Sealed
from tests.fault.oracle.tests.lives import TYPES, Life, Living
from tests.fault.oracle.tests.making import HOUSE, YEAR, World
from tests.fault.oracle.witness import NO_USER_ID, Deed, Sent


class _Making(Living):
    """What goes wrong in the world, and what people of the house do besides."""

    def poison(self, at: int, user: str, wrong: str, *, readable: bool) -> None:
        """A message that takes no effect and stands parked."""
        id, trusted = self.new_id(), wrong != NO_USER_ID
        known = {"messageId": id} if readable else {}
        self.add("sent", Sent(id=id if readable else None, user=user, type=TYPES["current_referral"], wrong=wrong))
        if trusted:
            self.hear(user, "messages.refused.v1", None, problems=[], **known)
        queue = f"intake.from.{user}"
        key = id if readable and trusted else self.new_id()
        self.add("parked", Parked(10 * self.year + at, queue, user if trusted else f"unknown:{queue}", key, "rejected"))

    def list_suspect(self) -> None:
        """The first person is on a list, beside somebody of whom nobody has heard."""
        row, id, user = self._part("intake.referrals")[0], self.new_id(), f"{HOUSE}.openbaar-ministerie"
        self.add("sent", Sent(id=id, user=user, type=SUSPECTS, about=row.case_id, stranger="Niemand"))
        self.hear(user, "messages.accepted.v1", None, messageId=id)
        self.add("listed", row.subject_id)
        self.add("suspects", row.case_id)

    def seal(self) -> None:
        """One referral is sealed later, another is unsealed and taken back; both are sent once more after that."""
        user = f"{HOUSE}.reclassering-nederland"
        for what in ("seal", "unseal"):
            message, first, first_case = (self.new_id() for _ in range(3))
            referral, case_id = (first, first_case) if what == "seal" else (self.new_id(), self.new_id())
            self.add("sent", Sent(id=message, user=user, type=TYPES["current_referral"], sealed=True))
            for told, of in ((first, first_case), (referral, case_id)):
                self.hear(user, "messages.accepted.v1", of, messageId=message, referralId=told)
            self.add("sealed", Sealed(message, referral, case_id, what == "seal", first, first_case))
            self.add("done", Deed(what=what, about=referral))

    def ask_house(self) -> None:
        """A municipality asks on a BIJ notice, and hears the advice and its correction."""
        id, user = self.new_id(), f"{HOUSE}.gemeente-alphen-aan-den-rijn"
        self.add("sent", Sent(id=id, user=user, type="bij-questions.submitted.v1"))
        self.hear(user, "messages.accepted.v1", None, messageId=id)
        for correction in (False, True):
            self.hear(user, ADVICE, None, messageId=id, correction=correction)
            self.add("done", Deed(what="advise", about=id))

    def go_on(self) -> None:
        """A partner knows more of the first table case; the first referral with one decision is back on the agenda."""
        for row in self._part("table_cases")[:1]:
            self.add("late_information", row.table_case_id)
            self.add("done", Deed(what="supplement", about=row.table_case_id))
        decided = [row.referral_id for row in self._part("decisions")]
        for row in [each for each in self._part("intake.referrals") if decided.count(each.referral_id) == 1][:1]:
            self.add("back", row.referral_id)
            self.add("done", Deed(what="leave_undone", about=row.referral_id))
            for partner in {each.partner for each in self._part("requests") if each.referral_id == row.referral_id}:
                self._ask(row, partner)

    def merge(self) -> None:
        """The first two people are one, the next two were taken for one, as everybody hears."""
        subjects = [*dict.fromkeys(row.subject_id for row in self._part("intake.referrals"))]
        for what, two in (("merge", subjects[:2]), ("separate", subjects[2:4])):
            if len(two) == 2:
                self.add("links", Link(self.new_id(), min(two), max(two), what == "merge"))
                self.add("done", Deed(what=what, about=min(two)))


LIVES = (
    Life(
        "nationale-politie",
        "arrest_notice",
        "Gouda",
        "gemeente-gouda",
        (("focus",), ("focus",), ("no_follow_up", "bilateral")),
        True,
    ),
    Life("dji", "detention_notice", "Leiden", "gemeente-leiden", (("aftercare",), ("top60",))),
    Life("dji", "detention_notice", "Katwijk", "gemeente-katwijk", ((), ())),
    Life("gemeente-gouda", "current_referral", "Gouda", "gemeente-gouda", (("bilateral",),)),
    Life(
        "reclassering-nederland",
        "current_referral",
        "Geen GBA",
        None,
        (("aftercare",), ("no_follow_up", "no_follow_up")),
    ),
)


def good_world(lives: Sequence[Life] = LIVES, year: int = YEAR) -> World:
    """These people's stories, and three kinds of poison. Worlds of different years have no id in common."""
    making = _Making(year)
    making.book("contribution", "9000.00")
    making.book("budget", "8000.00")
    for person, life in enumerate(lives):
        making.live(str(person), life)
    making.call(lives[0])
    making.go_on()
    making.merge()
    making.list_suspect()
    making.seal()
    making.ask_house()
    user = f"{HOUSE}.dji"
    making.poison(0, user, "missing field", readable=True)
    making.poison(1, user, "not JSON", readable=False)
    making.poison(2, user, NO_USER_ID, readable=True)
    return making.finish()
