"""A house profile that fits a published year: the shipped one, or one derived from it with the year's places."""

import json
import re
import shutil
import tomllib
import unicodedata
from collections.abc import Collection, Iterator
from itertools import chain, count
from pathlib import Path
from typing import Any

from replay.published import Year

BRIEFING_WEEKDAYS = ("tuesday", "thursday", "monday", "wednesday", "friday")
PARTNER_OF_MUNICIPALITY = {
    "bond": "core",
    "may_send": ["current-referrals.submitted.v1", "information-answers.submitted.v1"],
    "may_get": [
        "messages.accepted.v1",
        "messages.refused.v1",
        "feedback.given.v1",
        "information-requests.sent.v1",
    ],
}
Profile = dict[str, Any]


def prepare(year: Year, shipped: Path, into: Path) -> Path:
    """Fill the directory `into` with every shipped profile and one that fits the year; gives the year's file."""
    into.mkdir(parents=True, exist_ok=True)
    for old in into.glob("*.toml"):
        old.unlink()
    files = sorted(shipped.glob("*.toml"))
    for file in files:
        shutil.copy(file, into)
    fitting = into / f"{year.house}.toml"
    base = tomllib.loads((fitting if fitting.exists() else files[0]).read_text(encoding="utf-8"))
    if not fits(base, year):
        fitting.write_text(toml_of(fitted(base, year)), encoding="utf-8")
    return fitting


def fits(base: Profile, year: Year) -> bool:
    """Whether the profile is of the year's house and has all its places, in the same sub-regions."""
    homes = {each["name"]: each["sub_region"] for each in base["municipalities"]}
    residences = {each["name"] for each in base["residences"]}
    outside = {row.municipality for row in year.by_municipality if row.municipality not in homes}
    stated = {name: sub_region for sub_region, names in year.sub_regions.items() for name in names}
    return base["house"] == year.house and outside <= residences and stated.items() <= homes.items()


def fitted(base: Profile, year: Year) -> Profile:
    """The profile with the year's house, sub-regions, municipalities and residences, in the year's order."""
    homes = _homes(base, year)
    municipalities = list(_municipalities(base, homes))
    residences = [row.municipality for row in year.by_municipality if row.municipality not in homes]
    sub_regions = list(_sub_regions(base, list(dict.fromkeys(homes.values()))))
    kinds = {each["name"]: each["kind"] for each in base["residences"]}
    profile = base | {
        "house": year.house,
        "name": base["name"] if base["house"] == year.house else f"Zorg- en Veiligheidshuis {year.house}",
        "sub_regions": sub_regions,
        "municipalities": municipalities,
        "residences": [
            {"name": name, "kind": kinds.get(name, "outside_region"), "sub_region": sub_regions[0]["name"]}
            for name in residences
        ],
        "partners": list(_partners(base, municipalities)),
    }
    return profile | _tables(profile) | _asking(profile)


def _homes(base: Profile, year: Year) -> dict[str, str]:
    """The year's municipalities with their sub-region: as the year says, or else the profile, or else its first."""
    stated = {name: sub_region for sub_region, names in year.sub_regions.items() for name in names}
    names = [row.municipality for row in year.by_municipality]
    if stated:
        return {name: stated[name] for name in names if name in stated} | stated
    known = {each["name"]: each["sub_region"] for each in base["municipalities"]}
    residences = {each["name"] for each in base["residences"]}
    first = base["sub_regions"][0]["name"]
    return {name: known.get(name, first) for name in names if name not in residences}


def _municipalities(base: Profile, homes: dict[str, str]) -> Iterator[Profile]:
    known = {each["name"]: each for each in base["municipalities"]}
    taken = {partner["id"] for partner in base["partners"]}
    for name, sub_region in homes.items():
        contact = known[name]["contact"] if name in known else _new_id(name, taken)
        taken.add(contact)
        yield known.get(name, {"name": name}) | {"sub_region": sub_region, "contact": contact}


def _new_id(municipality: str, taken: set[str]) -> str:
    plain = unicodedata.normalize("NFKD", municipality.replace("&", "en")).encode("ascii", "ignore").decode()
    slug = "gemeente-" + re.sub("[^a-z0-9]+", "-", plain.lower()).strip("-")
    candidates = chain([slug], (f"{slug}-{nth}" for nth in count(2)))
    return next(each for each in candidates if each not in taken)


def _sub_regions(base: Profile, names: list[str]) -> Iterator[Profile]:
    """Those of these names; without a municipality, the profile's first."""
    weekdays = {each["name"]: each["briefing_weekday"] for each in base["sub_regions"]}
    for nth, name in enumerate(names or list(weekdays)[:1]):
        weekday = weekdays.get(name, BRIEFING_WEEKDAYS[nth % len(BRIEFING_WEEKDAYS)])
        yield {"name": name, "briefing_weekday": weekday}


def _partners(base: Profile, municipalities: list[Profile]) -> Iterator[Profile]:
    """Those that are no municipality, then one for each municipality."""
    contacts = {each["contact"] for each in base["municipalities"]}
    known = {partner["id"]: partner for partner in base["partners"]}
    yield from (partner for id, partner in known.items() if id not in contacts)
    for nth, municipality in enumerate(municipalities, start=1):
        id = municipality["contact"]
        source = f"urn:nld:oin:0000009999{nth:07d}000:systeem:zaaksysteem"
        name = f"Gemeente {municipality['name']}"
        yield known.get(id, {"id": id, "name": name, "source": source, **PARTNER_OF_MUNICIPALITY})


def _tables(profile: Profile) -> Profile:
    """Tables of municipalities that are there, the decisions that do not open another, and what is told for them."""
    names = {each["name"] for each in profile["municipalities"]}
    tables = _of_places(profile["tables"], names)
    ids = {table["id"] for table in tables}
    gone = {table["id"] for table in profile["tables"]} - ids
    decisions = [each for each in profile["decisions"] if each.get("opens_table", next(iter(ids))) in ids]
    disclosures = [each for each in profile["disclosures"] if each["purpose"] not in gone]
    return {"tables": tables, "decisions": decisions, "disclosures": disclosures}


def _asking(profile: Profile) -> Profile:
    """Who is asked besides the municipality, guards and exceptions of kinds, of municipalities that are there."""
    names = {each["name"] for each in profile["municipalities"]}
    partners = {partner["id"] for partner in profile["partners"]}
    asked = [each for each in _of_places(profile.get("asked", []), names) if each["partner"] in partners]
    kinds = [kind | {"exceptions": _of_places(kind.get("exceptions", []), names)} for kind in profile["referral_kinds"]]
    return {"asked": asked, "guards": _of_places(profile.get("guards", []), names), "referral_kinds": kinds}


def _of_places(entries: list[Profile], names: Collection[str]) -> list[Profile]:
    """The entries about some of these municipalities, or about all, each with these alone."""
    found = []
    for entry in entries:
        here = [name for name in entry.get("municipalities", []) if name in names]
        if here or "municipalities" not in entry:
            found.append(entry | ({"municipalities": here} if here else {}))
    return found


def toml_of(profile: Profile) -> str:
    """The profile as TOML."""
    return "\n".join(_lines(profile)) + "\n"


def _lines(profile: Profile) -> Iterator[str]:
    """Values first, then tables, then lists of tables."""
    yield from (f"{key} = {_value(value)}" for key, value in profile.items() if not _is_table(value))
    for key, value in profile.items():
        for section in [value] if isinstance(value, dict) else value if _is_table(value) else []:
            yield f"\n[{key}]" if isinstance(value, dict) else f"\n[[{key}]]"
            yield from (f"{inner} = {_value(each)}" for inner, each in section.items())


def _is_table(value: Any) -> bool:
    return isinstance(value, dict) or (isinstance(value, list) and any(isinstance(each, dict) for each in value))


def _value(value: Any) -> str:
    """JSON's strings, numbers and booleans are TOML's too, but for one character that JSON leaves as it is."""
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {_value(each)}" for key, each in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(_value(each) for each in value) + "]"
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
