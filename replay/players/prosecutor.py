"""The prosecutor, before it decides: asks whether the house discusses somebody, and reads what a table advises."""

from replay.house import House
from replay.players.officers import as_told
from replay.players.people import ADVICE
from replay.players.platform import Desk, Platform, PlayFailed
from replay.script import Discussion

FUNCTION = "zsm_desk"


class Prosecutor:
    """Somebody at the prosecutor's ZSM desk."""

    def __init__(self, platform: Platform, house: House) -> None:
        self._intake = Desk(platform, house.house, "intake", FUNCTION)
        self._meetings = Desk(platform, house.house, "meetings", FUNCTION)

    def ask(self, asked: Discussion, advice_id: str | None) -> None:
        """Hear whether somebody is discussed, and read the advice. Raises PlayFailed if the house says another thing.

        advice_id: of the advice that must be shown.
        """
        answer = self._intake.post("/v1/subjects/discussed", {"about": as_told(asked.about), "why": "settlement"})
        right = {"discussed": asked.ask_for is not None, "askFor": asked.ask_for, "adviceId": advice_id}
        if answer != right:
            raise PlayFailed(f"the prosecutor was told {answer} in place of {right}")
        if advice_id and not ADVICE.items() <= self._meetings.get(f"/v1/zsm-advices/{advice_id}").items():
            raise PlayFailed("the prosecutor reads another ZSM advice than was written")
