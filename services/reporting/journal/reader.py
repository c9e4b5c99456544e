"""How events are read that are kept whole."""

from marshmallow import Schema

from services.reporting.journal.messages import Data
from shared.messaging import Delivery, Reader, Routes
from shared.messaging.envelope import ReceivedEnvelope


class JournalReader(Reader):
    """Checks the data of an event by the schema of its route, and hands them over as they came."""

    def load(self, delivery: Delivery, envelope: ReceivedEnvelope, schema: Schema) -> Data:
        schema.load(envelope.data)
        return envelope.data


def journal_reader(routes: Routes, settings: object) -> JournalReader:
    """The reader of the service's queues."""
    return JournalReader(routes)
