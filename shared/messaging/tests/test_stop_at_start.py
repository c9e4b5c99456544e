"""A service that is stopped while it is starting."""

import eventlet
from nameko.runners import ServiceRunner

from shared.configuration import ServiceSettings
from shared.messaging import Reader
from shared.messaging.entrypoint import Batch, BatchConsumer, BatchQueueConsumer, consume
from shared.messaging.tests import ledger
from shared.messaging.tests.ledger import Place
from shared.runner import nameko_config


def test_several_entrypoints_leave_before_the_broker_has_answered(place: Place, settings: ServiceSettings) -> None:
    class Both(ledger.service(place.name, Reader(ledger.ROUTES))):  # type: ignore[misc]
        @consume(lambda settings: [f"{place.name}-out"], ledger.ROUTES)
        def take_others(self, batch: Batch) -> None:
            self.units.take(batch)

    runner = ServiceRunner(nameko_config(settings))
    runner.add_service(Both)
    (container,) = runner.containers
    consumer = next(each for each in container.extensions if isinstance(each, BatchQueueConsumer))
    starting = eventlet.spawn(runner.start)
    while consumer.why_not_ready():
        eventlet.sleep(0)
    for each in container.entrypoints:
        if isinstance(each, BatchConsumer):
            consumer.unregister_provider(each)
    with eventlet.Timeout(10):
        runner.stop()
        starting.wait()
