-- What the messaging core keeps in each service's own database.

CREATE TABLE outbox (
    position        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    message_id      uuid NOT NULL,
    exchange        text NOT NULL,
    routing_key     text NOT NULL,
    ordering_key    uuid NOT NULL,
    correlation_id  uuid NOT NULL,
    body            bytea NOT NULL,
    created_at      timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX outbox_by_case ON outbox (ordering_key, position);
COMMENT ON TABLE outbox IS 'Events announced by a committed transaction and not yet confirmed by the broker. body is sealed.';

CREATE TABLE inbox (
    sender        text NOT NULL,
    message_id    uuid NOT NULL,
    payload_hash  bytea NOT NULL,
    received_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (sender, message_id)
);
COMMENT ON TABLE inbox IS 'Every message that was taken: a second delivery has no second effect.';

CREATE TABLE postponed (
    position         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    queue            text NOT NULL,
    sender           text NOT NULL,
    message_id       uuid NOT NULL,
    ordering_key     uuid NOT NULL,
    body             bytea NOT NULL,
    user_id          text,
    attempts         integer NOT NULL DEFAULT 0,
    reason           text NOT NULL,
    next_attempt_at  timestamptz NOT NULL,
    postponed_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
    UNIQUE (sender, message_id)
);
CREATE INDEX postponed_by_case ON postponed (ordering_key, position);
CREATE INDEX postponed_by_time ON postponed (next_attempt_at);
CREATE INDEX postponed_by_queue ON postponed (queue);
COMMENT ON TABLE postponed IS 'Messages to be tried again, and those of the same case that wait behind them. body is sealed.';

CREATE TABLE parked (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    queue       text NOT NULL,
    sender      text NOT NULL,
    message_id  uuid NOT NULL,
    kind        text NOT NULL CHECK (kind IN ('rejected', 'unexpected', 'exhausted')),
    problems    jsonb NOT NULL,
    body        bytea NOT NULL,
    user_id     text,
    parked_at   timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX parked_by_message ON parked (sender, message_id);
CREATE INDEX parked_by_queue ON parked (queue);
COMMENT ON TABLE parked IS 'Messages set aside with their reason, for an operator. body is sealed; problems name fields, never values.';
