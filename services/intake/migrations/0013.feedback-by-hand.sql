-- What a referrer that called or wrote is still to hear, and who told it when.

CREATE TABLE feedback (
    feedback_id     uuid PRIMARY KEY,
    house           text NOT NULL,
    referral_id     uuid NOT NULL REFERENCES referrals,
    owed_since      date NOT NULL,
    due_on          date NOT NULL,
    decision        text,
    reason          text,
    comes_back_on   date,
    rerouted_to     text,
    decided_on      date,
    correction      boolean NOT NULL,
    back_on_agenda  boolean NOT NULL,
    lapsed          boolean NOT NULL DEFAULT false,
    outcome         text CHECK (outcome IN ('given', 'impossible')),
    told_on         date,
    recorded_by     text,
    recorded_at     timestamptz,
    CHECK ((outcome = 'given') = (told_on IS NOT NULL)),
    CHECK (outcome IS NULL OR NOT lapsed)
);
CREATE INDEX feedback_owed ON feedback (house, due_on, feedback_id) WHERE outcome IS NULL AND NOT lapsed;
CREATE INDEX feedback_by_referral ON feedback (referral_id);
CREATE INDEX feedback_told ON feedback (house, recorded_at) WHERE outcome IS NOT NULL;
COMMENT ON TABLE feedback IS 'What people tell referrers that sent no message. Who sent a message hears by message.';
COMMENT ON COLUMN feedback.lapsed IS 'Something newer was to be told before this was.';

CREATE TABLE feedback_taken_back (
    feedback_id    uuid NOT NULL REFERENCES feedback,
    outcome        text NOT NULL,
    told_on        date,
    recorded_by    text NOT NULL,
    recorded_at    timestamptz NOT NULL,
    taken_back_by  text NOT NULL,
    taken_back_at  timestamptz NOT NULL,
    because        bytea NOT NULL,
    PRIMARY KEY (feedback_id, taken_back_at)
);
COMMENT ON TABLE feedback_taken_back IS 'Outcomes that were recorded by mistake: rows are only ever added.';
COMMENT ON COLUMN feedback_taken_back.because IS 'Sealed.';
