"""A service whose broker is silently cut off before the service consumes."""

import time
from math import inf
from typing import Any
from urllib.parse import urlsplit

import eventlet
import pytest
from kombu.connection import Connection

from shared.configuration import ServiceSettings
from shared.messaging.tests.ledger import Place
from shared.runner import nameko_config
from shared.testing.link import Link

GIVEN_UP_SECONDS = 40


def test_it_gives_up_an_answer_that_does_not_come(place: Place, settings: ServiceSettings) -> None:
    broker = urlsplit(place.broker_url)
    assert broker.hostname and broker.port
    options = nameko_config(settings)["TRANSPORT_OPTIONS"]
    with Link.to(broker.hostname, broker.port) as link:
        url = place.broker_url.replace(f":{broker.port}", f":{link.port}")
        connection: Any = Connection(url, transport_options=options)  # type: ignore[no-untyped-call]
        connection.ensure_connection()
        link.slow(delay_seconds=2, bytes_per_second=inf)
        eventlet.spawn_after(0.5, link.cut)  # what was asked has arrived, its answer is on the way
        began = time.monotonic()
        with pytest.raises(OSError, match="timed out"):
            connection.channel()
        assert time.monotonic() - began < GIVEN_UP_SECONDS
