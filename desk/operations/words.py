"""What operators read in place of names and codes of the platform."""

import re
from collections.abc import Mapping
from typing import Any

from babel.support import LazyProxy

from desk.language import gettext, lazy

PARTNERS_QUEUE = re.compile(r"(?:[a-z-]+\.from|partner)\.([^.]+)\.([^.]+?)(?:\.(?:out|dead))?")
UNKNOWN = "unknown:"
SERVICES = "services"

STRUCTURE = re.compile(r"(text of|number of|truth value)(?: (\d+))?|(\d+) (more)")

SPANS: Mapping[str, LazyProxy] = {
    "minutes": lazy("Last five minutes"),
    "hour": lazy("Last hour"),
    "day": lazy("Last day"),
    "week": lazy("Last week"),
}
STATES: Mapping[str, LazyProxy] = {
    "waiting": lazy("Waits for a person"),
    "answered": lazy("Refused and answered"),
    "counted": lazy("Answered and deleted since"),
}
KINDS: Mapping[str | None, LazyProxy] = {
    "rejected": lazy("against a rule"),
    "unexpected": lazy("an error in the service"),
    "exhausted": lazy("tried too often"),
    None: lazy("deleted"),
}
QUEUES: Mapping[str, LazyProxy] = {
    "service": lazy("Between the services"),
    "from_partner": lazy("From partners"),
    "to_partner": lazy("To partners"),
    "dead_letters": lazy("Undeliverable"),
    "dead_letters_of_partner": lazy("Undeliverable, by partner"),
}
RESTARTS: Mapping[str, LazyProxy] = {"yes": lazy("Yes"), "wait": lazy("Wait")}
RESTART_WHY: Mapping[str, LazyProxy] = {
    "does_not_answer": lazy("It does not answer: start it again, whatever else is wrong."),
    "others_take_over": lazy("The others take over its work within seconds."),
    "people_wait": lazy("It is the only one: people get no answer for some seconds, and messages wait."),
    "events_wait": lazy("It is the only one: what the service announces waits for some seconds."),
    "no_pages": lazy("It is the only one: for some seconds nobody can open a page. Sessions and drafts stay."),
    "all_wait": lazy("It is the only one: messages wait until it is back. People can go on deciding."),
    "database_first": lazy("Its database does not work: mend that first, a restart does not help."),
    "broker_first": lazy("The message broker does not work: mend that first, a restart does not help."),
    "another_is_away": lazy("Another one of the same kind is away: wait until that one is back."),
}
WHAT_TO_DO: Mapping[str, LazyProxy] = {
    "rejected": lazy(
        "Call the sender, who has had no answer: was a right message sent since? Then delete this one. Otherwise a "
        "parking officer corrects it, and you process it again."
    ),
    "unexpected": lazy(
        "The message is not at fault, the service is. In the service's log, look for 'a message failed unexpectedly' "
        "with the id of the message. When the cause is mended, process it again: its sender gets an answer then."
    ),
    "exhausted": lazy(
        "It waited for something that did not come. Look whether that is set aside itself, see to that first, and then "
        "process this one again."
    ),
}
"""With a message that waits, by its kind."""
ANSWERED = lazy("The sender was told what is wrong: nobody has to do anything.")
OF_ANOTHER_SERVICE = lazy(
    "One service refuses what another announced. If one of the two is older, process it again when both are of one "
    "version. Otherwise one of them has an error: have that mended first."
)
OF_UNKNOWN_SENDER = lazy(
    "The sender did not say its name (the AMQP property user_id), so it cannot be answered and not processed again. "
    "Have it sent again with that property, and delete this one."
)
REFUSALS: Mapping[int, LazyProxy] = {
    413: lazy("The message is too large for this page: use the command parking."),
}
STRUCTURES: Mapping[str, LazyProxy] = {
    "text of": lazy("text, length %(number)s"),
    "number of": lazy("number, length %(number)s"),
    "truth value": lazy("yes or no"),
    "more": lazy("and %(number)s more"),
}
DONE: Mapping[str, LazyProxy] = {
    "looked": lazy("opened"),
    "corrected": lazy("corrected"),
    "replayed": lazy("processed again"),
    "discarded": lazy("deleted"),
}


def queue_name(name: str) -> str:
    """`intake.from.hollands-midden.halt` → `halt (hollands-midden)`; a queue of a service keeps its name."""
    found = PARTNERS_QUEUE.fullmatch(name)
    return f"{found[2]} ({found[1]})" if found else name


def what_to_do(kind: str, sender: str, *, answered: bool) -> LazyProxy:
    """With a message that was set aside."""
    if answered:
        return ANSWERED
    if is_unknown(sender):
        return OF_UNKNOWN_SENDER
    return OF_ANOTHER_SERVICE if (kind, sender) == ("rejected", SERVICES) else WHAT_TO_DO[kind]


def is_unknown(sender: str) -> bool:
    """Whether the broker did not vouch for the sender."""
    return sender.startswith(UNKNOWN)


def sender_name(name: str) -> str:
    """`hollands-midden.halt` → `halt`; `unknown:` stands before the queue where a message of an unknown sender lay."""
    if is_unknown(name):
        return gettext("unknown, in the queue of %(queue)s") % {"queue": queue_name(name.removeprefix(UNKNOWN))}
    return gettext("the services") if name == SERVICES else name.partition(".")[2] or name


def structure(told: Any) -> Any:
    """The structure of a message as its service tells it, in words: `"text of 9"` → `"tekst, lengte 9"`."""
    match told:
        case dict():
            return {name: structure(value) for name, value in told.items()}
        case list():
            return [structure(value) for value in told]
        case str() if found := STRUCTURE.fullmatch(told):
            return str(STRUCTURES[found[1] or found[4]]) % {"number": found[2] or found[3]}
    return told
