"""Bring the Dutch catalog up to date with the messages that the code has: `python -m desk.messages`.

New messages come without their Dutch, which a person writes; messages that are no longer used go.
"""

from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from desk.language import CATALOG, DUTCH

DESK = Path(__file__).parent
METHODS = [("tests/**", "ignore"), ("**/tests/**", "ignore"), ("**.py", "python"), ("**.html", "jinja2")]
OPTIONS = {"**.html": {"silent": "false", "trim_blocks": "true", "newstyle_gettext": "true"}}
KEYWORDS = {"_": None, "gettext": None, "lazy": None, "ngettext": (1, 2)}


def messages() -> Catalog:
    """The messages in the desk's code and templates."""
    found = Catalog()
    for _, _, message, _, _ in extract_from_dir(DESK, METHODS, OPTIONS, keywords=KEYWORDS, comment_tags=()):
        found.add(message)
    return found


def catalog() -> Catalog:
    """The Dutch of the messages, as it stands in the repository."""
    with CATALOG.open("rb") as file:
        return read_po(file, locale=DUTCH)


def main() -> None:
    dutch = catalog()
    dutch.update(messages(), no_fuzzy_matching=True)
    with CATALOG.open("wb") as file:
        write_po(file, dutch, width=116, omit_header=True, ignore_obsolete=True, no_location=True, sort_output=True)


if __name__ == "__main__":
    main()
