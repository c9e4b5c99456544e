-- What operators do with parked messages.

CREATE TABLE parking_log (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    what        text NOT NULL CHECK (what IN ('looked', 'corrected', 'replayed', 'discarded')),
    queue       text NOT NULL,
    sender      text NOT NULL,
    message_id  uuid NOT NULL,
    became      uuid NOT NULL,
    who         text NOT NULL CHECK (who <> ''),
    why         text NOT NULL CHECK (why <> ''),
    at          timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX parking_log_by_message ON parking_log (sender, message_id);
COMMENT ON TABLE parking_log IS 'Who did what to which parked message, and why; rows are only added. '
    'became: the message id from then on, another one only where a correction gave the message its own.';

CREATE TABLE parking_original (
    log_id  bigint PRIMARY KEY REFERENCES parking_log,
    body    bytea NOT NULL
);
COMMENT ON TABLE parking_original IS 'The body that a correction replaced. body is sealed; it goes when the message is discarded.';
