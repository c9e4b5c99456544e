"""Names in code use the glossary's words."""

import ast
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from tests.docs.markdown import ROOT, rows_about

GLOSSARY = ROOT / "docs" / "glossary.md"
CODE = ROOT / "services"


def test_no_name_uses_a_word_that_the_glossary_refuses() -> None:
    refused = {
        word: row["English"] for row in rows_about("English", GLOSSARY) for word in row["not"].split(", ") if word
    }
    assert refused
    found = [
        f"{path.relative_to(ROOT)}: {name} says {word!r}, the glossary {refused[word]!r}"
        for path in sorted(CODE.rglob("*.py"))
        for name in sorted(set(names_in(path)))
        for word in words_of(name) & refused.keys()
    ]
    assert not found, "\n".join(found)


def names_in(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                yield node.name
            case ast.arg():
                yield node.arg
            case ast.Name():
                yield node.id
            case ast.Attribute():
                yield node.attr


def words_of(name: str) -> set[str]:
    """The words of a name, and each two that follow each other as one: `case_worker` says `caseworker`."""
    words = [word.lower() for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", name)]
    singular = [word.removesuffix("s") for word in words]
    return {*words, *singular, *(first + second for first, second in pairwise(singular))}
