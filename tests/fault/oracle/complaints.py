"""The promise, checked: every message with a receipt took effect once in every store, or stands parked, in order."""

from tests.fault.oracle.account import Account
from tests.fault.oracle.afterwards import afterwards
from tests.fault.oracle.answers import answers
from tests.fault.oracle.assignments import assignments
from tests.fault.oracle.bij_questions import bij_questions
from tests.fault.oracle.deeds import deeds
from tests.fault.oracle.effects import effects
from tests.fault.oracle.information_requests import information_requests
from tests.fault.oracle.ledger import ledger
from tests.fault.oracle.links import links
from tests.fault.oracle.order import order
from tests.fault.oracle.rest import rest
from tests.fault.oracle.sealed import sealed
from tests.fault.oracle.stores import Stores
from tests.fault.oracle.streams import streams
from tests.fault.oracle.suspects import suspects
from tests.fault.oracle.witness import Witness

RULES = (
    effects,
    deeds,
    assignments,
    ledger,
    answers,
    information_requests,
    afterwards,
    suspects,
    bij_questions,
    sealed,
    links,
    order,
    streams,
    rest,
)


def complaints(witness: Witness, stores: Stores) -> list[str]:
    """One sentence for each thing that is not as promised, with the rule and ids; empty when all is well."""
    account = Account(witness, stores)
    return [complaint for rule in RULES for complaint in rule(account)]
