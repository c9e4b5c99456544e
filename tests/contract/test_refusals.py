"""A partner finds on the page every code with which its message can be refused."""

import ast
import re
import typing
from collections.abc import Iterable, Iterator
from itertools import chain
from types import CodeType, FunctionType, ModuleType
from typing import Any

import pytest

from docs.declared import REFUSALS
from services.aftercare.detentions.rules import UnknownDetention
from services.aftercare.judgements.messages import PartnerMessage
from services.intake.accepting import ACCEPTS
from shared.days import DayBound
from shared.rules import BrokenRule
from tests.contract.declared import DOOR, ROOT, routes

AT_THE_DOOR = (
    *ROOT.glob("shared/*.py"),
    *ROOT.glob("shared/schemas/*.py"),
    *ROOT.glob("shared/messaging/*.py"),
    *ROOT.glob("shared/messaging/storage/*.py"),
    *ROOT.glob("services/intake/*/*.py"),
)
CODE_OF_RULES = ("services.", "shared.days")
NAME_CODES = {"Reason": 0, "Problem": 2, "Check": 0, "Refuse": 0, "Pattern": 0, "JsonError": 1, "TooLargeError": 1}
"""What carries a code, and from which argument on."""
CODE = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
WORDED_FOR_PARTNERS = (UnknownDetention,)
"""A partner names a detention by its day, people name it by its id."""
NOT_FOR_PARTNERS = {
    "wrong_sender": "nobody is answered: the sender may be anybody",
    "gave_up": "an operator sees to it",
    "unexpected": "an operator sees to it",
    "outdated": "of commands over HTTP",
    "unknown_partner": "of referrals by phone, over HTTP",
    "not_a_phone_number": "of contact cards, over HTTP",
    "not_a_mail_address": "of contact cards, over HTTP",
    "unknown_entry": "of corrections over HTTP",
    "unknown_fund": "commitments are of funds that the house has",
    "unknown_line": "commitments are of lines that the fund has",
    "overdrawn": "an invoice is paid from what is committed",
    "replay_refused": "the base of the codes on replays",
}


def written_codes() -> Iterator[str]:
    """The codes that stand in the code of the door, beside the reason."""
    for file in AT_THE_DOOR:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            texts: list[ast.expr] = []
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in NAME_CODES:
                texts = node.args[NAME_CODES[node.func.id] :]
            elif isinstance(node, ast.Tuple) and len(node.elts) == 2:
                reason, code = node.elts
                texts = [code] if _text(reason) and " " in _text(reason) else []
            yield from (_text(each) for each in texts if CODE.fullmatch(_text(each)))


def _text(node: ast.expr) -> str:
    if isinstance(node, ast.JoinedStr):
        return "".join(_text(each) for each in node.values)
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def reachable_rules(service: str) -> Iterator[type[BrokenRule]]:
    """The rules that the handlers of partners' messages can break, by what the code names."""
    judged = [route for type, route in routes(service).items() if type in ACCEPTS or _is_of_partner(route.message)]
    found: set[Any] = set()
    left: list[Any] = [DayBound, *chain.from_iterable((route.handler, route.message) for route in judged)]
    while left:
        part = left.pop()
        if not isinstance(part, type | FunctionType) or part in found or not part.__module__.startswith(CODE_OF_RULES):
            continue
        found.add(part)
        left += _functions_of(part) if isinstance(part, type) else _named_in(part)
        if isinstance(part, type) and issubclass(part, BrokenRule):
            yield part


def _is_of_partner(message: Any) -> bool:
    return isinstance(message, type) and issubclass(message, PartnerMessage)


def _named_in(function: FunctionType) -> Iterator[Any]:
    names = set(_names(function.__code__))
    for name in names:
        part = function.__globals__.get(name)
        yield from (getattr(part, each, None) for each in names) if isinstance(part, ModuleType) else [part]
    yield from typing.get_type_hints(function).values()


def _names(code: CodeType) -> Iterable[str]:
    return chain(code.co_names, *(_names(each) for each in code.co_consts if isinstance(each, CodeType)))


def _functions_of(part: type) -> list[Any]:
    members = vars(part).values()
    return [each.fget if isinstance(each, property) else getattr(each, "__func__", each) for each in members]


@pytest.fixture(scope="module")
def rules() -> list[type[BrokenRule]]:
    return list(chain.from_iterable(reachable_rules(service) for service in (DOOR, "aftercare")))


def test_every_code_is_on_the_page(rules: list[type[BrokenRule]]) -> None:
    codes = {*written_codes(), *(rule.code for rule in rules)}
    assert len(codes) > 60
    assert codes - NOT_FOR_PARTNERS.keys() == REFUSALS.keys()


def test_every_reason_of_a_rule_is_on_the_page(rules: list[type[BrokenRule]]) -> None:
    told = [rule for rule in rules if rule.reason and rule.code in REFUSALS and rule not in WORDED_FOR_PARTNERS]
    assert len(told) > 20
    assert [rule for rule in told if rule.reason not in REFUSALS[rule.code]["reasons"]] == []
