"""What a replayed year leaves to do: nothing, if everybody did what they should."""

from collections.abc import Mapping

from replay.players.platform import Desk, Platform

WIDTH = 48


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
    }


def as_lines(left: Mapping[str, int]) -> str:
    return "\n".join(["Left to do", *(f"  {what:{WIDTH - 2}}{count:>8}" for what, count in left.items())])
