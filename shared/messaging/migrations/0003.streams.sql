-- Numbered streams: what goes to one partner carries 1, 2, 3, …, so that a gap is seen, and is kept for a replay.

ALTER TABLE outbox ADD COLUMN sequence bigint;
CREATE UNIQUE INDEX outbox_by_stream ON outbox (routing_key, sequence) WHERE sequence IS NOT NULL;
ALTER TABLE outbox ADD COLUMN again boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN outbox.again IS 'Asked for by a replay while it waits for its confirm: it goes out once more before it is kept.';
COMMENT ON COLUMN outbox.sequence IS 'The number on its stream: given when it leaves for the first time, and kept however often it goes out.';

CREATE TABLE streams (
    name        text PRIMARY KEY,
    last        bigint NOT NULL,
    first_kept  bigint NOT NULL DEFAULT 1
);
COMMENT ON TABLE streams IS 'For each routing key of the partners'' exchange: the number given last, and the first that is kept.';

CREATE TABLE stream_messages (
    stream          text NOT NULL,
    sequence        bigint NOT NULL,
    message_id      uuid NOT NULL,
    ordering_key    uuid NOT NULL,
    correlation_id  uuid NOT NULL,
    body            bytea NOT NULL,
    sent_at         timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (stream, sequence)
);
CREATE INDEX stream_messages_by_time ON stream_messages (sent_at, sequence);
COMMENT ON TABLE stream_messages IS 'What the broker has confirmed of each stream, for a limited time. body is sealed as it was in the outbox.';

CREATE TABLE stream_replays (
    stream    text PRIMARY KEY,
    messages  bigint NOT NULL,
    since     timestamptz NOT NULL
);
COMMENT ON TABLE stream_replays IS 'How many messages of a stream were replayed since when; after a day it is counted anew. Not in streams: the relay must not wait for a request.';
