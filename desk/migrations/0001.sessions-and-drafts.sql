CREATE TABLE sessions (
    digest bytea PRIMARY KEY,
    id uuid NOT NULL UNIQUE,
    person_id text NOT NULL,
    provider_session text,
    sealed bytea NOT NULL,
    house text,
    began_at timestamptz NOT NULL DEFAULT now(),
    used_at timestamptz NOT NULL DEFAULT now(),
    ends_at timestamptz NOT NULL
);
COMMENT ON COLUMN sessions.digest IS 'SHA-256 of the cookie';
COMMENT ON COLUMN sessions.id IS 'names the session to its person; opens nothing';
COMMENT ON COLUMN sessions.person_id IS 'the opaque id of the person at the provider';
COMMENT ON COLUMN sessions.provider_session IS 'the session at the provider (sid), which the provider names when it ends it';
COMMENT ON COLUMN sessions.sealed IS 'the person''s name, functions and tokens, sealed with SESSION_KEY';

CREATE INDEX sessions_of_person ON sessions (person_id);
CREATE INDEX sessions_of_provider_session ON sessions (provider_session);

CREATE TABLE drafts (
    person_id text NOT NULL,
    form text NOT NULL,
    key uuid NOT NULL,
    sealed bytea NOT NULL,
    saved_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (person_id, form, key)
);
COMMENT ON TABLE drafts IS 'what a person has typed in a form and not sent; a row for each tab';
COMMENT ON COLUMN drafts.form IS 'the kind of form and the id that it is about: decision/018f…';
COMMENT ON COLUMN drafts.key IS 'of the one form in the one tab: its idempotency key';
COMMENT ON COLUMN drafts.sealed IS 'the fields, sealed with SESSION_KEY';

CREATE INDEX drafts_by_age ON drafts (saved_at);
