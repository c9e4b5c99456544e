-- A decision can be corrected or withdrawn. The team's decisions that count stay in `decisions`; what was wrong moves here whole.

ALTER TABLE decisions
    ADD COLUMN tabled_on date,
    ADD COLUMN recorded_by text,
    ADD COLUMN recorded_at timestamptz;
COMMENT ON TABLE decisions IS 'The team''s decisions that count, one a tabling. A row is never changed: a wrong one moves to decisions_taken_back.';
COMMENT ON COLUMN decisions.tabled_on IS 'Since which briefing the referral was on the table; NULL in rows from before this column.';
COMMENT ON COLUMN decisions.recorded_by IS 'The caller that recorded it; NULL, like recorded_at, in rows from before these columns.';

CREATE TABLE decisions_taken_back (
    referral_id    uuid NOT NULL REFERENCES referrals,
    tabling        integer NOT NULL,
    taken_back_at  timestamptz NOT NULL,
    taken_back_by  text NOT NULL,
    withdrawn      boolean NOT NULL,
    because        text NOT NULL,
    decision       jsonb NOT NULL,
    PRIMARY KEY (referral_id, tabling, taken_back_at)
);
COMMENT ON TABLE decisions_taken_back IS 'Decisions that were recorded by mistake, with the reason. Rows are only ever added.';
COMMENT ON COLUMN decisions_taken_back.withdrawn IS 'Whether the referral came back on the agenda; otherwise another decision came in its place.';
COMMENT ON COLUMN decisions_taken_back.decision IS 'The row as it stood in decisions.';
