"""The parts of the templates, as text: what a browser is not needed for."""

import re
from collections import Counter

import pytest
from jinja2 import UndefinedError

from desk.look import STATIC, static
from desk.tests.gallery.pages import environment, error_page, gallery

ID = re.compile(r'(?<![\w-])id="([^"]+)"')
REFERENCE = re.compile(r'(?:href="#|for="|aria-describedby="|aria-labelledby=")([^"]+)"')


@pytest.mark.parametrize("wrong", [False, True])
def test_what_labels_hints_and_the_error_summary_lead_to_is_on_the_page_once(wrong: bool) -> None:
    page = gallery(wrong=wrong)
    ids = Counter(ID.findall(page))
    assert {name for name, count in ids.items() if count > 1} == set()
    referred = {name for found in REFERENCE.findall(page) for name in found.split()}
    assert referred - ids.keys() == set()


def test_the_summary_names_each_wrong_field_and_leads_to_it() -> None:
    summary = gallery(wrong=True).partition("<h1")[0]
    links = dict(re.findall(r'href="#([\w-]+)">([^:<]+):', summary))
    assert links == {
        "outcome-0": "Besluit",
        "present-0": "Aan tafel",
        "decided_on": "Datum van het besluit",
        "chair": "Voorzitter",
        "reason": "Toelichting",
    }
    assert "5 dingen kloppen nog niet" in summary


def test_a_page_without_errors_has_no_summary() -> None:
    assert 'role="alert" tabindex' not in gallery()


def test_what_was_typed_is_still_there_beside_what_is_wrong_with_it() -> None:
    assert f'value="{"x" * 61}"' in gallery(wrong=True)


def test_an_error_page_is_a_page_for_somebody_who_is_not_signed_in_too() -> None:
    page = error_page()
    assert "01KF3ZV8" in page and "Uitloggen" not in page


def test_text_of_others_is_text() -> None:
    page = environment().get_template("error.html").render(heading='<script>alert("x")</script>', number="")
    assert "<script>alert" not in page and "&lt;script&gt;alert" in page


def test_a_name_that_a_template_misspells_is_an_error() -> None:
    with pytest.raises(UndefinedError):
        environment().from_string("{{ freem }}").render()


def test_no_style_and_no_script_stands_in_a_page() -> None:
    page = gallery(wrong=True)
    assert re.findall(r"<style|<script(?![^>]* src=)| style=| on\w+=|javascript:", page) == []


def test_the_address_of_a_static_file_changes_with_the_file() -> None:
    address, _, digest = static("desk.css").partition("?")
    assert (STATIC / address.removeprefix("/static/")).is_file()
    assert re.fullmatch("[0-9a-f]{12}", digest)
    assert digest not in static("desk.js")
