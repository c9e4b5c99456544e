"""The code keeps to its sizes, and its payloads to their types: what docs/architecture.md asks of it."""

import ast
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from openapi_spec_validator import validate

from docs.declared import SERVICES, service_class
from shared.web import openapi_document

ROOT = Path(__file__).parents[2]
MOST_LINES_OF_A_FILE = 375
MOST_LINES_OF_A_FUNCTION = 41
LINES_OF_95_OF_100_FUNCTIONS = 15
MOST_METHODS_OF_A_CLASS = 25
UNTYPED_OF_1000_LINES = 3
UNTYPED = re.compile(r"\b(?:dict|Mapping)\[str, Any\]")
SERVICE_CODE = "services"


@cache
def sources(top: str) -> dict[Path, str]:
    """The project's own files below a folder, without tests."""
    listing = subprocess.run(["git", "ls-files", f"{top}/*.py"], cwd=ROOT, check=True, capture_output=True, text=True)
    files = (ROOT / name for name in listing.stdout.splitlines() if "/tests/" not in name)
    return {file: file.read_text(encoding="utf-8") for file in files if file.exists()}


def definitions(top: str, kind: type[ast.AST]) -> Iterator[ast.AST]:
    for text in sources(top).values():
        yield from (node for node in ast.walk(ast.parse(text)) if isinstance(node, kind))


def lines_of_functions(top: str) -> list[int]:
    return [
        (node.end_lineno or 0) - node.lineno + 1
        for node in definitions(top, ast.FunctionDef)
        if isinstance(node, ast.FunctionDef)
    ]


@pytest.mark.parametrize("top", ["services", "shared", "desk"])
def test_no_function_and_no_file_is_too_long_to_read(top: str) -> None:
    assert max(lines_of_functions(top)) <= MOST_LINES_OF_A_FUNCTION
    assert [file for file, text in sources(top).items() if text.count("\n") > MOST_LINES_OF_A_FILE] == []


def test_the_functions_of_the_services_are_short() -> None:
    lines = lines_of_functions(SERVICE_CODE)
    assert sum(count <= LINES_OF_95_OF_100_FUNCTIONS for count in lines) >= 0.95 * len(lines)


def test_no_class_of_a_service_has_too_many_methods_of_its_own() -> None:
    methods = {
        node.name: sum(isinstance(inner, ast.FunctionDef) for inner in node.body)
        for node in definitions(SERVICE_CODE, ast.ClassDef)
        if isinstance(node, ast.ClassDef)
    }
    assert {name for name, count in methods.items() if count > MOST_METHODS_OF_A_CLASS} == set()


def test_payloads_are_typed() -> None:
    texts = sources(SERVICE_CODE).values()
    untyped = sum(len(UNTYPED.findall(text)) for text in texts)
    assert 1000 * untyped / sum(text.count("\n") for text in texts) <= UNTYPED_OF_1000_LINES


@pytest.mark.parametrize("service", SERVICES)
def test_openapi_is_valid_and_a_name_in_it_has_one_meaning(service: str) -> None:
    document = openapi_document(service_class(service))
    validate(document)
    assert [name for name in document["components"]["schemas"] if re.search(r"\d$", name)] == []
    operations = [
        operation["operationId"]
        for path in document["paths"].values()
        for operation in path.values()
        if isinstance(operation, dict)
    ]
    assert len(operations) == len(set(operations))
