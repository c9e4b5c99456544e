"""What people record of answering a caller."""

from dataclasses import dataclass

from shared.bounds import Text
from shared.days import HouseDay


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerCaller:
    """`answer`: what the caller was told. `told_on`: today if it is left out. `because`: what was wrong with the answer
    before. `confirmed`: the answer to a consultation was warned of, and tells of nobody all the same.
    """

    answer: Text
    told_on: HouseDay | None = None
    because: Text | None = None
    confirmed: bool = False
