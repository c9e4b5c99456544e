-- Texts about somebody, in each service that people write texts in. Without its data key a text cannot be read, so a destroyed key
-- erases the text; a newer MASTER_KEY wraps the keys anew and leaves the texts alone.

CREATE TABLE sealed_texts (
    text_id       uuid NOT NULL,
    version_id    uuid NOT NULL,
    house         text NOT NULL,
    case_id       uuid NOT NULL,
    kind          text NOT NULL,
    organisation  text NOT NULL,
    person        text,
    written_at    timestamptz NOT NULL,
    data_key      bytea NOT NULL,
    sealed        bytea NOT NULL,
    PRIMARY KEY (text_id, version_id)
);
COMMENT ON TABLE sealed_texts IS 'Texts about somebody, each version with a data key of its own. A row is never changed, but for its key.';
COMMENT ON COLUMN sealed_texts.written_at IS 'When the author wrote it, by which versions have their order; version_id decides between equals.';
COMMENT ON COLUMN sealed_texts.data_key IS 'Wrapped by MASTER_KEY; empty, like sealed, once the text is erased.';
CREATE INDEX sealed_texts_by_case ON sealed_texts (case_id);
