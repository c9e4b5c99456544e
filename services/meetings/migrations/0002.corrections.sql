-- Who recorded what and when; what was superseded by a correction or withdrawal, and why; sessions that are moved, held or cancelled.

ALTER TABLE table_cases
ADD COLUMN without_plan_because text,
ADD COLUMN recorded_at timestamptz,
ADD COLUMN closed_by text,
ADD COLUMN closed_at timestamptz,
ADD COLUMN withdrawn_on date,
ADD COLUMN decision_corrected_on date;
ALTER TABLE table_cases ALTER COLUMN recorded_at SET DEFAULT now();
CREATE INDEX table_cases_with_corrected_decision ON table_cases (house, opened_on, table_case_id) WHERE decision_corrected_on IS NOT NULL;
COMMENT ON COLUMN table_cases.closed_on IS 'From this day on the case is not under treatment: it was closed or, with withdrawn_on, withdrawn.';
COMMENT ON COLUMN table_cases.withdrawn_on IS 'The decision that opened the case was wrong, and nothing had happened at the table.';
COMMENT ON COLUMN table_cases.decision_corrected_on IS 'The decision that opened the case was wrong, but the table had worked on it: a person decides what becomes of it.';

CREATE TABLE superseded_closings (
    house                 text NOT NULL,
    table_case_id         uuid NOT NULL REFERENCES table_cases,
    closed_on             date NOT NULL,
    outcome               jsonb,
    running_on_reason     text,
    without_plan_because  text,
    recorded_by           text,
    recorded_at           timestamptz,
    because               text NOT NULL,
    superseded_by         text NOT NULL,
    superseded_at         timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX superseded_closings_by_table_case ON superseded_closings (table_case_id);
COMMENT ON TABLE superseded_closings IS 'Closings that were corrected or withdrawn.';

ALTER TABLE table_case_referrals ADD COLUMN recorded_at timestamptz, ADD COLUMN withdrawn_on date;
ALTER TABLE table_case_referrals ALTER COLUMN recorded_at SET DEFAULT now();

CREATE TABLE repeats (
    repeat_id      uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    house          text NOT NULL,
    table_case_id  uuid NOT NULL REFERENCES table_cases,
    referral_id    uuid NOT NULL,
    decision       text NOT NULL,
    weighed_on     date NOT NULL,
    recorded_at    timestamptz NOT NULL DEFAULT now(),
    withdrawn_on   date
);
CREATE INDEX repeats_by_table_case ON repeats (table_case_id);
CREATE INDEX repeats_in_order ON repeats (house, weighed_on, repeat_id);
CREATE INDEX repeats_by_referral ON repeats (referral_id);
COMMENT ON TABLE repeats IS 'Referrals on the subject of a running table case that were weighed, and not for its table.';

ALTER TABLE sessions ADD COLUMN state text NOT NULL DEFAULT 'planned' CHECK (state IN ('planned', 'held', 'cancelled'));
CREATE INDEX sessions_in_order ON sessions (house, held_on, session_id);
COMMENT ON COLUMN sessions.held_on IS 'The day for which the session is planned or on which it was held.';
UPDATE sessions SET state = 'held' WHERE held_on <= current_date;

ALTER TABLE session_cases ADD COLUMN again_because text;
COMMENT ON COLUMN session_cases.again_because IS 'Why the case came again to a table where a case comes once.';
COMMENT ON COLUMN sessions.reason IS 'Of sessions from before session_cases.again_because.';

CREATE TABLE session_changes (
    position     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    session_id   uuid NOT NULL REFERENCES sessions,
    state        text NOT NULL,
    held_on      date NOT NULL,
    because      text,
    recorded_by  text NOT NULL,
    recorded_at  timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX session_changes_by_session ON session_changes (session_id, position);
COMMENT ON TABLE session_changes IS 'What was recorded of a session, one row after the other; the last row counts.';

ALTER TABLE action_plans
ADD COLUMN recorded_by text,
ADD COLUMN recorded_at timestamptz,
ADD COLUMN because text,
ADD COLUMN superseded_by text,
ADD COLUMN superseded_at timestamptz;
COMMENT ON COLUMN action_plans.replaced_on IS 'Null while the plan stands; of a plan that was superseded the day of the plan itself.';
COMMENT ON COLUMN action_plans.because IS 'Why the plan was corrected or withdrawn.';

ALTER TABLE monitoring_moments
ADD COLUMN recorded_by text,
ADD COLUMN recorded_at timestamptz;
CREATE INDEX monitoring_moments_by_table_case ON monitoring_moments (table_case_id);
COMMENT ON TABLE monitoring_moments IS
'When the case holder is asked whether the plan still stands, and the answer: from the first plan of a table case on, whatever plan replaces it.';

CREATE TABLE superseded_answers (
    house          text NOT NULL,
    table_case_id  uuid NOT NULL REFERENCES table_cases,
    code           text NOT NULL,
    answered_on    date NOT NULL,
    plan_stands    boolean NOT NULL,
    note           text,
    recorded_by    text,
    recorded_at    timestamptz,
    because        text NOT NULL,
    superseded_by  text NOT NULL,
    superseded_at  timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX superseded_answers_by_table_case ON superseded_answers (table_case_id);
COMMENT ON TABLE superseded_answers IS 'Answers at monitoring moments that were corrected or withdrawn.';
