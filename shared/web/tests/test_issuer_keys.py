"""The provider's keys are fetched seldom, in bounds, and stay known while the provider is away."""

import time
from collections.abc import Iterator

import eventlet
import pytest
from joserfc.errors import InvalidKeyIdError
from werkzeug.exceptions import ServiceUnavailable

from shared.testing.issuer import Issuer, new_key, running_issuer
from shared.testing.waiting import wait_until
from shared.web import issuer_keys
from shared.web.issuer_keys import AGAIN_SECONDS, RENEWED_SECONDS, IssuerKeys


@pytest.fixture
def issuer() -> Iterator[Issuer]:
    with running_issuer() as issuer:
        yield issuer


@pytest.fixture
def passed() -> list[float]:
    """The seconds that passed."""
    return []


@pytest.fixture
def keys(issuer: Issuer, passed: list[float]) -> IssuerKeys:
    return IssuerKeys(issuer.settings["oidc_keys_url"], now=lambda: sum(passed))


def known(keys: IssuerKeys, key_id: str | None) -> bool:
    try:
        return keys.key(key_id).kid == key_id
    except InvalidKeyIdError:
        return False


def test_known_keys_are_not_fetched_again(issuer: Issuer, keys: IssuerKeys) -> None:
    assert all(known(keys, issuer.keys[0].kid) for _ in range(10))
    assert issuer.fetches == 1


def test_all_who_wait_for_the_keys_share_one_fetch(issuer: Issuer, keys: IssuerKeys) -> None:
    issuer.seconds = 0.2
    assert all(eventlet.GreenPool().imap(lambda _: known(keys, issuer.keys[0].kid), range(20)))
    assert issuer.fetches == 1


def test_a_new_key_is_found_and_made_up_ones_cost_one_fetch_in_a_while(
    issuer: Issuer, keys: IssuerKeys, passed: list[float]
) -> None:
    assert known(keys, issuer.keys[0].kid)
    issuer.rotate()
    assert not known(keys, issuer.keys[1].kid)
    passed.append(AGAIN_SECONDS)
    assert known(keys, issuer.keys[1].kid)
    assert not any(known(keys, key_id) for key_id in ("made up", "", None))
    assert issuer.fetches == 2


def test_a_key_that_the_provider_withdrew_ends(issuer: Issuer, keys: IssuerKeys, passed: list[float]) -> None:
    withdrawn = issuer.keys[0].kid
    assert known(keys, withdrawn)
    issuer.keys = [new_key()]
    passed.append(RENEWED_SECONDS)
    assert wait_until(lambda: not known(keys, withdrawn), 5)
    assert issuer.fetches == 2


@pytest.mark.parametrize("document", [None, b"", b"[]", b"{}", b'{"keys": []}', b'{"keys": [{"kty": "RSA"}, 5]}'])
def test_known_keys_go_on_while_the_provider_is_away_or_answers_nonsense(
    issuer: Issuer, keys: IssuerKeys, passed: list[float], document: bytes | None
) -> None:
    kid = issuer.keys[0].kid
    assert known(keys, kid)
    issuer.away, issuer.document = document is None, document
    for _ in range(2):
        passed.append(RENEWED_SECONDS)
        assert known(keys, kid)
        assert not known(keys, "another")
    assert issuer.fetches == 3


def test_without_any_key_it_is_the_service_that_is_not_available(
    issuer: Issuer, keys: IssuerKeys, passed: list[float]
) -> None:
    issuer.away = True
    for _ in range(2):
        with pytest.raises(ServiceUnavailable):
            keys.key(issuer.keys[0].kid)
    assert issuer.fetches == 1
    issuer.away = False
    passed.append(AGAIN_SECONDS)
    assert known(keys, issuer.keys[0].kid)


def test_a_provider_that_is_slow_or_floods_is_left_and_others_go_on_meanwhile(
    issuer: Issuer, keys: IssuerKeys, monkeypatch: pytest.MonkeyPatch, passed: list[float]
) -> None:
    monkeypatch.setattr(issuer_keys, "FETCH_SECONDS", 0.3)
    issuer.seconds = 5.0
    began, turns = time.monotonic(), 0
    waiting = eventlet.spawn(known, keys, issuer.keys[0].kid)
    while not waiting.dead:
        eventlet.sleep(0.01)
        turns += 1
    with pytest.raises(ServiceUnavailable):
        waiting.wait()
    assert time.monotonic() - began < 2
    assert turns > 10
    issuer.seconds, issuer.document = 0.0, b" " * 70_000 + issuer.published()
    passed.append(AGAIN_SECONDS)
    with pytest.raises(ServiceUnavailable):
        keys.key(issuer.keys[0].kid)


def test_a_symmetric_key_is_none_of_the_keys(issuer: Issuer, keys: IssuerKeys) -> None:
    issuer.document = b'{"keys": [{"kty": "oct", "kid": "1", "k": "c2VjcmV0"}]}'
    with pytest.raises(ServiceUnavailable):
        keys.key("1")
