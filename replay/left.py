"""What a replayed year leaves to do: nothing, if everybody did what they should."""

from collections.abc import Iterator, Mapping

from replay.players.people import unread_information
from replay.players.platform import Desk, Platform

WIDTH = 48
WORK = {
    "identity_conflict": "referrals of which nobody said whom they are about",
    "match": "records that may be of one person",
    "separation": "separations without a second person",
    "forgetting": "requests to be forgotten",
    "briefing": "briefings with referrals to decide on",
    "briefing_to_settle": "briefings to settle",
    "decision_corrected": "cases at a table by mistake",
    "meeting_wanted": "cases whose plan is overtaken",
    "trajectory_wanted": "voluntary trajectories to start",
    "trajectory_not_started": "trajectories that are done and never started",
    "late_answer": "late answers that nobody has read",
    "late_running_there": "late answers of who takes a case itself",
}
"""What is counted of *Mijn werk*, by its kind. Not counted is what the days after the year bring, when nobody works:
monitoring moments and preparations that are due by now, and lists of suspects that came no more."""
WORKERS = (
    ("intake", "intake_officer"),
    ("intake", "second_intake_officer"),
    ("intake", "privacy_officer"),
    ("weighing", "weighing_team"),
    ("weighing", "information_coordinator"),
    ("meetings", "process_director"),
    ("aftercare", "aftercare_coordinator"),
)


def left_to_do(platform: Platform, house: str) -> dict[str, int]:
    """How much somebody of the house still waits for or owes, by what it is."""
    officer, team = (
        Desk(platform, house, "intake", "intake_officer"),
        Desk(platform, house, "weighing", "weighing_team"),
    )
    coordinator = Desk(platform, house, "weighing", "information_coordinator")
    sorter = Desk(platform, house, "intake", "information_coordinator")
    adviser = Desk(platform, house, "intake", "aftercare_coordinator")
    director = Desk(platform, house, "meetings", "process_director")
    moments = officer.get("/v1/contact-moments")
    work = {(kind, about) for desk in _workers(platform, house) for kind, about in _work(desk)}
    return {
        "feedback owed": len(list(officer.list("/v1/feedback"))),
        "calls and mails to sort": len(moments["waiting"]),
        "callers to answer": len(moments["toAnswer"]),
        "referrals that may be worrying": len(sorter.get("/v1/held-back")["waiting"]),
        "BIJ questions without an answer": sum(
            each["state"] == "asked" for each in adviser.get("/v1/bij-questions")["items"]
        ),
        "information requests open": len(coordinator.get("/v1/information-requests", state="open")["items"]),
        "follow-ups not reported": len(list(team.list("/v1/follow-ups"))),
        "repeats without an answer": len(list(director.list("/v1/repeat-questions"))),
        "late information that no table has read": len(unread_information(director)),
        **{name: sum(kind == each for each, _ in work) for kind, name in WORK.items()},
    }


def _workers(platform: Platform, house: str) -> Iterator[Desk]:
    return (Desk(platform, house, service, role) for service, role in WORKERS if platform.admits(house, role))


def _work(desk: Desk) -> Iterator[tuple[str, str]]:
    """Of each item its kind and what it is about."""
    return ((each["kind"], f"{each['objectId']} {each['dueOn']}") for each in desk.list("/v1/work"))


def as_lines(left: Mapping[str, int]) -> str:
    return "\n".join(["Left to do", *(f"  {what:{WIDTH - 2}}{count:>8}" for what, count in left.items())])
