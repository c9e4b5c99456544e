"""What operators read in place of names and codes of the platform."""

import re
from collections.abc import Mapping

from babel.support import LazyProxy

from desk.language import gettext, lazy

PARTNERS_QUEUE = re.compile(r"(?:[a-z-]+\.from|partner)\.([^.]+)\.([^.]+?)(?:\.(?:out|dead))?")
UNKNOWN = "unknown:"
SERVICES = "services"

SPANS: Mapping[str, LazyProxy] = {
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
    "all_wait": lazy("It is the only one: messages wait until it is back. People can go on deciding."),
    "database_first": lazy("Its database does not work: mend that first, a restart does not help."),
    "broker_first": lazy("The message broker does not work: mend that first, a restart does not help."),
    "another_is_away": lazy("Another one of the same kind is away: wait until that one is back."),
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


def sender_name(name: str) -> str:
    """`hollands-midden.halt` → `halt`; `unknown:` stands before the queue where a message of an unknown sender lay."""
    if name.startswith(UNKNOWN):
        return gettext("unknown, in the queue of %(queue)s") % {"queue": queue_name(name.removeprefix(UNKNOWN))}
    return gettext("the services") if name == SERVICES else name.partition(".")[2] or name
