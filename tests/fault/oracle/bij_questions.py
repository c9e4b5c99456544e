"""A BIJ question waits for one answer, and its sender hears that and each correction once."""

from collections.abc import Iterator

from tests.fault.oracle.account import ADVICE, Account
from tests.fault.oracle.comparing import differences


def bij_questions(account: Account) -> Iterator[str]:
    """What the coordinator has answered, and then corrected."""
    asked = [deed.about for deed in account.deeds("advise")]
    advised = [(message, message in asked[:at]) for at, message in enumerate(asked)]
    answers = (each.data for each in account.first_heard if each.type == ADVICE)
    heard = [(answer["messageId"], bool(answer.get("correction"))) for answer in answers]
    yield from differences("BIJ advice heard", advised, heard)
    yield from differences("intake.bij_questions without an answer", (), account.stores.intake.unanswered)
