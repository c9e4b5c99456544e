"""The vendored files are those that `desk/vendor.toml` pins, and the desk uses nothing of others that is not there."""

import re
import tarfile
from dataclasses import replace
from pathlib import Path

import pytest

from desk.vendor import ROOT, SUMS, TOKEN, USE, Package, fetch, packages, reached, rules_of, sums

DESK = ROOT / "desk"
STYLE = DESK / "static/desk.css"
COMPONENTS = DESK / "static/vendored/utrecht/components.css"
TOKENS = DESK / "static/vendored/ma/tokens.css"
CLASS = re.compile(r"(?<![\w-])utrecht-[\w-]*\w(?=[\"' ])")
SHEET = """\
.utrecht-button {
  color: var(--button);
}

.utrecht-button,
.utrecht-rich-text .utrecht-button {
  margin: 0;
}
@media print {
  .utrecht-alert {
    color: black;
  }
  .utrecht-button {
    display: none;
  }
}
"""


def test_the_vendored_files_are_as_they_were_fetched_and_the_list_as_it_was_then() -> None:
    assert SUMS.read_text() == sums()


@pytest.mark.parametrize("package", packages(), ids=lambda package: package.name)
def test_a_vendored_package_has_its_licence_beside_it(package: Package) -> None:
    assert [file for file in package.directory.iterdir() if file.name.startswith("LICENSE")]


def test_the_tokens_are_those_that_the_style_sheets_reach() -> None:
    defined = TOKEN.findall(TOKENS.read_text())
    both = {name: " ".join(value for other, value in defined if other == name) for name, _ in defined}
    assert reached(both, COMPONENTS.read_text() + STYLE.read_text()) == both.keys()


def test_each_token_of_ours_has_a_value() -> None:
    sheets = STYLE.read_text() + TOKENS.read_text()
    assert set(USE.findall(sheets)) - {name for name, _ in TOKEN.findall(sheets)} == set()


def test_each_component_in_a_template_has_its_rules() -> None:
    named = {name for template in DESK.rglob("*.html") for name in CLASS.findall(template.read_text())}
    assert len(named) > 20
    assert named - set(re.findall(r"\.(utrecht-[\w-]+)", COMPONENTS.read_text())) == set()


def test_of_a_style_sheet_only_the_rules_of_the_components_are_taken() -> None:
    rules = "\n".join(rules_of(SHEET, frozenset({"button"})))
    assert "rich-text" not in rules and "alert" not in rules
    assert rules.count(".utrecht-button {") == 3
    assert "@media print {\n  .utrecht-button {\n    display: none;\n  }\n}" in rules


def test_a_token_is_reached_through_others() -> None:
    tokens = {"--button": "var(--blue)", "--blue": "#00f", "--alert": "#f00"}
    assert reached(tokens, SHEET) == {"--button", "--blue"}


def test_another_package_than_the_pinned_one_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "npm").write_text("#!/bin/sh\ntar -czf other.tgz --files-from /dev/null\n")
    (tmp_path / "npm").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    with pytest.raises(ValueError, match="is not the package"):
        fetch(replace(packages()[0], version="1.0.0"), tmp_path)
    assert tarfile.is_tarfile(tmp_path / "other.tgz")
