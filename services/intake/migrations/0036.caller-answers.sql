-- Who called with a question is owed an answer.

ALTER TABLE contact_moments
    ADD COLUMN answer_due_on date,
    DROP CONSTRAINT contact_moments_state_check,
    ADD CONSTRAINT contact_moments_state_check CHECK (state IN ('received', 'sorted', 'answered', 'duplicate', 'withdrawn'));
COMMENT ON COLUMN contact_moments.answer_due_on IS 'Null if nobody is owed an answer, as of what was sorted before this column was there.';

CREATE TABLE caller_answers (
    contact_moment_id  uuid NOT NULL REFERENCES contact_moments ON DELETE CASCADE,
    version            integer NOT NULL,
    recorded_by        text NOT NULL,
    recorded_at        timestamptz NOT NULL,
    sorted_as          text NOT NULL,
    told_on            date NOT NULL,
    answer             bytea NOT NULL,
    because            bytea,
    PRIMARY KEY (contact_moment_id, version)
);
COMMENT ON TABLE caller_answers IS 'What callers were told; the last one counts. answer and because are sealed with the data key of the contact moment.';
