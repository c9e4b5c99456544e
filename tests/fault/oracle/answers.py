"""What partners heard: a receipt of each right message, a refusal of each wrong one, and all feedback once."""

from collections import Counter
from collections.abc import Iterator

from tests.fault.oracle.account import ADVICE, DECIDED, REQUESTS, Account
from tests.fault.oracle.comparing import differences
from tests.fault.oracle.rows import Sealed
from tests.fault.oracle.witness import NO_USER_ID, Heard

KNOWN_TYPES = {
    "messages.accepted.v1",
    "messages.refused.v1",
    "feedback.given.v1",
    *REQUESTS,
    "information-requests.withdrawn.v1",
    DECIDED,
    ADVICE,
    "reminders.sent.v1",
    "assignments.sent.v1",
}


def answers(account: Account) -> Iterator[str]:
    """Receipts and refusals may come again, each time as an event of its own; feedback may not."""
    yield from _receipts(account)
    yield from _refusals(account)
    yield from _feedback(account)
    yield from _told(account)
    yield from _same_each_time(account)
    others = [(heard.user, heard.type, heard.id) for heard in account.first_heard if heard.type not in KNOWN_TYPES]
    yield from differences("heard", (), others)


def _receipts(account: Account) -> Iterator[str]:
    became = {(sent.user, sent.id): {(row.referral_id, row.case_id)} for sent, row in account.registered}
    sealed = {row.message_id: row for row in account.stores.intake.sealed}
    became |= {(sent.user, sent.id): _once_sealed(sealed[sent.id]) for sent in account.right if sent.id in sealed}
    receipts = _by_message(account, "messages.accepted.v1")
    for sent in account.right:
        wanted = became.get((sent.user, sent.id))
        heard = receipts.pop((sent.user, sent.id), [])
        if not heard:
            yield f"receipts: message {sent.id} of {sent.user} has none"
        for receipt in heard:
            if not _is_of(receipt, wanted):
                yield f"receipts: {receipt.id} of message {sent.id} names another referral or case than its own"
    yield from (
        f"receipts: {each.id} is of message {message}, which took no effect"
        for (_, message), heard in receipts.items()
        for each in heard
    )


def _once_sealed(row: Sealed) -> set[tuple[str, str]]:
    """The sender that sends once more after the unsealing hears what its message is now."""
    return {(row.first_id, row.first_case_id), (row.referral_id, row.case_id)}


def _is_of(receipt: Heard, wanted: set[tuple[str, str]] | None) -> bool:
    """wanted: the referral that the message was or is, with its case; None when the message brought none."""
    if wanted:
        return (receipt.data.get("referralId"), receipt.case_id) in wanted
    return receipt.data.get("referralId") is None


def _refusals(account: Account) -> Iterator[str]:
    """Of messages that nobody can read there are as many refusals, at least."""
    refusals = _by_message(account, "messages.refused.v1")
    wanted = Counter((sent.user, sent.id) for sent in account.wrong if sent.wrong != NO_USER_ID)
    for (user, message), count in wanted.items():
        heard = refusals.pop((user, message), [])
        if len(heard) < count:
            yield f"refusals: message {message} of {user} has {len(heard)} and should have {count}"
    yield from (
        f"refusals: {each.id} is of message {message} of {user}, which was not to be refused"
        for (user, message), heard in refusals.items()
        for each in heard
    )


def _feedback(account: Account) -> Iterator[str]:
    """Once for each tabling and each correction, to whoever sent the message, in the order of the tablings."""
    messages = {row.referral_id: (sent, row) for sent, row in account.registered}
    deeds = [*account.deeds("decide"), *account.deeds("correct")]
    decided = [(deed, *messages[deed.about]) for deed in deeds if deed.about in messages]
    heard = _by_message(account, "feedback.given.v1")
    yield from differences(
        "feedback",
        ((sent.user, sent.id, row.case_id, deed.decision) for deed, sent, row in decided),
        ((user, message, each.case_id, each.data["decision"]) for (user, message), of in heard.items() for each in of),
    )
    for (user, message), of in heard.items():
        days = [(each.data["decidedOn"], each.data.get("correction", False)) for each in of]
        if days != sorted(days):
            yield f"order: feedback on message {message} of {user} came in another order than its tablings"


def _told(account: Account) -> Iterator[str]:
    """Who called is told the decision by a person; what was corrected before that is told as it is right."""
    done = ((deed.about, deed.decision, "given") for deed in account.deeds("tell"))
    yield from differences("intake.feedback", done, account.stores.intake.told)


def _same_each_time(account: Account) -> Iterator[str]:
    first = {(heard.user, heard.id): heard for heard in account.first_heard}
    changed = {heard.id for heard in account.heard if heard != first[heard.user, heard.id]}
    yield from (f"heard: event {each} was not the same each time" for each in sorted(changed))


def _by_message(account: Account, type: str) -> dict[tuple[str, str | None], list[Heard]]:
    """First arrivals, by user and the message that they are about."""
    found: dict[tuple[str, str | None], list[Heard]] = {}
    for heard in account.first_heard:
        if heard.type == type:
            found.setdefault((heard.user, heard.data.get("messageId")), []).append(heard)
    return found
