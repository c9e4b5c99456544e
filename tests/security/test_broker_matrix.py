"""Every user of the broker tries everything there is; no more than what is promised may come of it."""

import pytest

from shared.testing.setup import RunningBroker
from tests.security.attempts import ACCESS_REFUSED, PRECONDITION_FAILED, Attempt, Trier
from tests.security.everything import attempts, publishing, with_names_like
from tests.security.promised import PARTNERS, RIGHTS


def test_there_are_no_other_users_than_those_with_rights(broker: RunningBroker) -> None:
    assert set(broker.setup.passwords) == set(RIGHTS)


@pytest.mark.parametrize("user", sorted(RIGHTS))
def test_a_user_can_do_what_it_was_promised_and_nothing_else(broker: RunningBroker, user: str) -> None:
    rights = RIGHTS[user]
    tried = attempts(broker.setup) | with_names_like(rights.reads, rights.writes | rights.announces.keys())
    with Trier(broker.url(user)) as trier:
        allowed = {attempt for attempt, code in trier.answers(tried).items() if code != ACCESS_REFUSED}
    promised = {attempt for attempt in tried if rights.include(attempt)}
    assert sorted(allowed - promised) == []
    assert sorted(promised - allowed) == []


@pytest.mark.parametrize("user", sorted(PARTNERS | {"intake-relay"}))
def test_a_user_can_write_in_no_other_users_name(broker: RunningBroker, user: str) -> None:
    exchange = "partners" if user == "intake-relay" else f"partner.{user}.in"
    tried = {Attempt("publish as", exchange, name): publishing(exchange, "", user_id=name) for name in RIGHTS}
    with Trier(broker.url(user)) as trier:
        codes = trier.answers(tried)
    assert {attempt.key for attempt, code in codes.items() if code != PRECONDITION_FAILED} == {user}
