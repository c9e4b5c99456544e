-- Messages about sealed matters that could not be taken: no list, number or gauge of parked messages knows of them.

CREATE TABLE parked_sealed (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    queue       text NOT NULL,
    sender      text NOT NULL,
    message_id  uuid NOT NULL,
    kind        text NOT NULL,
    problems    jsonb NOT NULL,
    body        bytea NOT NULL,
    user_id     text,
    house       text NOT NULL,
    answered    boolean NOT NULL,
    parked_at   timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX parked_sealed_by_message ON parked_sealed (sender, message_id);
COMMENT ON TABLE parked_sealed IS 'As parked, for messages about sealed matters: those that wait are seen by the role of the theme alone.';
