import json
from dataclasses import dataclass
from pathlib import Path

import pytest
from marshmallow import ValidationError
from structlog.testing import capture_logs

from shared.configuration import ProfilesError, load_profiles, profiles
from shared.configuration.profile_format import ProfileFormat


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    name: str
    room: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Library:
    house: str
    rooms: tuple[str, ...]
    shelves: tuple[Shelf, ...]

    def __post_init__(self) -> None:
        wrong = {
            position: {"room": [f"{shelf.room!r} is not one of the rooms"]}
            for position, shelf in enumerate(self.shelves)
            if shelf.room not in self.rooms
        }
        if wrong:
            raise ValidationError({"shelves": wrong})


@dataclass(frozen=True, slots=True, kw_only=True)
class Rooms:
    rooms: tuple[str, ...]

    def house(self) -> tuple[str, ...]:
        return self.rooms


def write(directory: Path, name: str, rooms: str = '["hall"]', room: str = "hall") -> None:
    text = f'house = "{name}"\nrooms = {rooms}\nelse = 1\n[[shelves]]\nname = "a"\nroom = "{room}"\n'
    (directory / f"{name}.toml").write_text(text, encoding="utf-8")


def test_each_profile_is_found_by_its_name(tmp_path: Path) -> None:
    write(tmp_path, "north")
    write(tmp_path, "south")
    profiles = load_profiles(tmp_path, Library)
    assert sorted(profiles) == ["north", "south"]
    assert profiles["north"].shelves == (Shelf(name="a", room="hall"),)


def test_an_error_names_file_path_and_reason_of_each_problem(tmp_path: Path) -> None:
    write(tmp_path, "north", room="attic")
    write(tmp_path, "south", rooms="[1]")
    with pytest.raises(ProfilesError) as error:
        load_profiles(tmp_path, Library)
    assert str(error.value).splitlines() == [
        "north.toml: shelves[0].room: 'attic' is not one of the rooms",
        "south.toml: rooms[0]: Must be a text.",
    ]


def test_a_file_that_is_not_toml_is_named(tmp_path: Path) -> None:
    (tmp_path / "north.toml").write_text("house = ", encoding="utf-8")
    with pytest.raises(ProfilesError, match=r"north\.toml: not TOML"):
        load_profiles(tmp_path, Library)


def test_a_profile_under_another_files_name_is_refused(tmp_path: Path) -> None:
    write(tmp_path, "north")
    (tmp_path / "north.toml").rename(tmp_path / "south.toml")
    with pytest.raises(ProfilesError, match=r"south\.toml: house: is not the name of the file"):
        load_profiles(tmp_path, Library)


@pytest.mark.parametrize("name", ["hollands.midden", "Noord", "noord_west", "-", "noord-"])
def test_a_house_whose_name_could_mean_something_else_is_refused(tmp_path: Path, name: str) -> None:
    write(tmp_path, name)
    with pytest.raises(ProfilesError, match=r"\.toml: house: Must be lower-case letters, digits and dashes only"):
        load_profiles(tmp_path, Library)


def test_a_directory_without_profiles_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ProfilesError, match="no profile"):
        load_profiles(tmp_path / "absent", Library)


FORMAT = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "house": {"type": "string"},
        "shelves": {
            "type": "array",
            "items": {"type": "object", "additionalProperties": False, "properties": {"name": {"type": "string"}}},
        },
    },
}


@pytest.fixture
def format(tmp_path: Path) -> ProfileFormat:
    (tmp_path / "format.json").write_text(json.dumps(FORMAT))
    return ProfileFormat(tmp_path / "format.json")


def test_a_profile_must_keep_to_the_format(tmp_path: Path, format: ProfileFormat) -> None:
    (tmp_path / "north.toml").write_text('house = "north"\n[[shelves]]\nname = "a"\n[[shelves]]\nname = 2')
    with pytest.raises(ProfilesError, match=r"north\.toml: shelves\[1\]\.name: 2 is not of type 'string'"):
        load_profiles(tmp_path, Library, format=format)


def test_a_worker_passes_over_the_keys_of_a_newer_version_and_logs_them(tmp_path: Path, format: ProfileFormat) -> None:
    write(tmp_path, "north")
    with capture_logs() as lines:
        assert load_profiles(tmp_path, Library, format=format)["north"].rooms == ("hall",)
    assert [(line["file"], line["keys"]) for line in lines] == [
        ("north.toml", ["else", "rooms", "shelves[0].room"]),
    ]


def test_the_format_of_profiles_must_be_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(profiles, "HOUSE_FORMAT", tmp_path / "away.json")
    with pytest.raises(ProfilesError, match=r"away.json: No such file or directory"):
        profiles.house_loader(Rooms)(tmp_path)
