from dataclasses import dataclass
from pathlib import Path

import pytest

from shared.configuration import Address, ServiceSettings, SettingsError, declared_settings, from_environment, setting
from shared.keys import Key
from shared.testing.keys import key_text

KEY = key_text(b"k" * 32)
ENVIRONMENT = {
    "DATABASE_URL": "postgresql://intake:hush@localhost/intake",
    "BROKER_URL": "amqp://intake:hush@localhost",
    "API_TOKENS": "tokens.json",
    "MESSAGE_KEY": KEY,
    "MASTER_KEY": KEY,
}


@dataclass(frozen=True, kw_only=True)
class LetterSettings(ServiceSettings):
    batch_size: int = setting("BATCH_SIZE", "letters in one batch", default="100", parse=int)


def test_settings_come_from_the_environment_with_their_defaults() -> None:
    settings = from_environment(LetterSettings, ENVIRONMENT | {"HTTP_ADDRESS": "0.0.0.0:8080"})
    assert settings.http_address == Address("0.0.0.0", 8080)
    assert settings.batch_size == 100
    assert settings.message_key.all == (Key(b"k" * 32, number=1),)


def test_one_error_names_every_missing_and_wrong_setting_and_no_value() -> None:
    environment = {"BROKER_URL": "http://hush", "MESSAGE_KEY": "hush", "BATCH_SIZE": "hush", "API_TOKENS": "t"}
    with pytest.raises(SettingsError) as error:
        from_environment(LetterSettings, environment)
    text = str(error.value)
    assert "DATABASE_URL is missing" in text
    for name in ("BROKER_URL", "MESSAGE_KEY", "BATCH_SIZE"):
        assert f"{name} is wrong" in text
    assert "hush" not in text
    assert "HOUSES" not in text


def test_an_empty_variable_counts_as_missing() -> None:
    with pytest.raises(SettingsError, match="MESSAGE_KEY is missing"):
        from_environment(LetterSettings, ENVIRONMENT | {"MESSAGE_KEY": ""})


@pytest.mark.parametrize("wrong", ["8000", ":8000", "localhost:", "localhost:99999", "localhost:http"])
def test_an_address_needs_a_host_and_a_port(wrong: str) -> None:
    with pytest.raises(SettingsError, match="HTTP_ADDRESS is wrong"):
        from_environment(LetterSettings, ENVIRONMENT | {"HTTP_ADDRESS": wrong})


@pytest.fixture
def tls(tmp_path: Path) -> dict[str, str]:
    """The three TLS settings."""
    files = {name: tmp_path / name for name in ("BROKER_CA", "BROKER_CERTIFICATE", "BROKER_KEY")}
    for file in files.values():
        file.touch()
    return {name: str(file) for name, file in files.items()}


def test_the_broker_is_reached_over_tls_with_all_three_files(tls: dict[str, str]) -> None:
    settings = from_environment(LetterSettings, ENVIRONMENT | tls | {"BROKER_URL": "amqps://intake:hush@localhost"})
    assert settings.broker_tls
    assert settings.broker_tls.key == Path(tls["BROKER_KEY"])
    assert from_environment(LetterSettings, ENVIRONMENT).broker_tls is None


@pytest.mark.parametrize("scheme", ["amqp", "amqps"])
@pytest.mark.parametrize("missing", [{"BROKER_CA"}, {"BROKER_KEY"}, {"BROKER_CERTIFICATE", "BROKER_KEY"}])
def test_a_link_that_is_half_secured_is_refused(tls: dict[str, str], scheme: str, missing: set[str]) -> None:
    url = {"BROKER_URL": f"{scheme}://intake:hush@localhost"}
    some = {name: file for name, file in tls.items() if name not in missing}
    with pytest.raises(SettingsError, match="BROKER_CA, BROKER_CERTIFICATE and BROKER_KEY go together"):
        from_environment(LetterSettings, ENVIRONMENT | some | url)


def test_tls_without_any_file_and_files_without_tls_are_refused(tls: dict[str, str]) -> None:
    for wrong in (tls, {"BROKER_URL": "amqps://intake:hush@localhost"}):
        with pytest.raises(SettingsError, match="go together, and with a BROKER_URL amqps") as error:
            from_environment(LetterSettings, ENVIRONMENT | wrong)
        assert "hush" not in str(error.value)


def test_a_file_that_is_not_there_is_named(tls: dict[str, str]) -> None:
    Path(tls["BROKER_CA"]).unlink()
    with pytest.raises(SettingsError, match="BROKER_CA is wrong"):
        from_environment(LetterSettings, ENVIRONMENT | tls | {"BROKER_URL": "amqps://localhost"})


def test_secrets_do_not_show_in_the_representation() -> None:
    shown = repr(from_environment(LetterSettings, ENVIRONMENT))
    assert "hush" not in shown
    assert "kkk" not in shown
    assert "batch_size=100" in shown


def test_declared_settings_are_listed_the_common_ones_first() -> None:
    names = [each.name for each in declared_settings(LetterSettings)]
    assert names[0] == "DATABASE_URL"
    assert names[-1] == "BATCH_SIZE"
