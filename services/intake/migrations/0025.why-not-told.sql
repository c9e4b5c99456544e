-- Why a referrer could not be told what was decided.

CREATE TABLE feedback_reasons (
    feedback_id  uuid NOT NULL REFERENCES feedback,
    recorded_at  timestamptz NOT NULL,
    text_id      uuid NOT NULL,
    PRIMARY KEY (feedback_id, recorded_at)
);
COMMENT ON TABLE feedback_reasons IS 'A sealed text of the case; recorded_at: of the outcome that it goes with.';
