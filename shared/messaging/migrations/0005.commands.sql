-- Answers to commands, for callers that lost them.

CREATE TABLE commands (
    house        text NOT NULL,
    caller       text NOT NULL,
    key          uuid NOT NULL,
    fingerprint  bytea NOT NULL,
    status       smallint,
    headers      jsonb,
    body         bytea,
    at           timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (house, caller, key)
);
CREATE INDEX commands_by_time ON commands (at);
COMMENT ON TABLE commands IS 'What was answered to a command that came with an Idempotency-Key, for a limited time. '
    'The answer is there when the command commits. body is sealed.';
COMMENT ON COLUMN commands.fingerprint IS 'SHA-256 of method, path and body: the same key with other content is no repetition.';
