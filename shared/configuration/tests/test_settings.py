import base64
from dataclasses import dataclass

import pytest

from shared.configuration import Address, ServiceSettings, SettingsError, declared_settings, from_environment, setting

KEY = base64.b64encode(b"k" * 32).decode()
ENVIRONMENT = {
    "DATABASE_URL": "postgresql://intake:hush@localhost/intake",
    "BROKER_URL": "amqp://intake:hush@localhost",
    "API_TOKENS": "tokens.json",
    "MESSAGE_KEY": KEY,
}


@dataclass(frozen=True, kw_only=True)
class LetterSettings(ServiceSettings):
    batch_size: int = setting("BATCH_SIZE", "letters in one batch", default="100", parse=int)


def test_settings_come_from_the_environment_with_their_defaults() -> None:
    settings = from_environment(LetterSettings, ENVIRONMENT | {"HTTP_ADDRESS": "0.0.0.0:8080"})
    assert settings.http_address == Address("0.0.0.0", 8080)
    assert settings.batch_size == 100
    assert settings.message_key == b"k" * 32


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


def test_secrets_do_not_show_in_the_representation() -> None:
    shown = repr(from_environment(LetterSettings, ENVIRONMENT))
    assert "hush" not in shown
    assert "kkk" not in shown
    assert "batch_size=100" in shown


def test_declared_settings_are_listed_the_common_ones_first() -> None:
    names = [each.name for each in declared_settings(LetterSettings)]
    assert names[0] == "DATABASE_URL"
    assert names[-1] == "BATCH_SIZE"
