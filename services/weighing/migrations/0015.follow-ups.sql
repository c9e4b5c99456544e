-- What goes with a decision beside the columns of `decisions`, and the follow-ups that the team agreed on.
-- A table of its own: the version before reads whole rows of `decisions`, and would not know a new column.

CREATE TABLE decision_details (
    referral_id  uuid NOT NULL REFERENCES referrals,
    recorded_at  timestamptz NOT NULL,
    details      jsonb NOT NULL,
    PRIMARY KEY (referral_id, recorded_at)
);
COMMENT ON TABLE decision_details IS 'Of decisions that say more than decisions has columns for, taken back or not. Rows are only ever added.';
COMMENT ON COLUMN decision_details.recorded_at IS 'Of the decision: no two decisions on a referral are recorded at the same moment.';

CREATE TABLE follow_ups (
    follow_up_id   uuid PRIMARY KEY,
    house          text NOT NULL,
    referral_id    uuid NOT NULL REFERENCES referrals,
    tabling        integer NOT NULL,
    agreed_on      date NOT NULL,
    what           text NOT NULL,
    owner          text NOT NULL,
    other_partner  text CHECK (other_partner <> owner),
    destination    text,
    life_domains   text[] NOT NULL,
    due_on         date NOT NULL CHECK (due_on >= agreed_on),
    state          text NOT NULL CHECK (state IN ('agreed', 'done', 'not_done', 'overdue', 'lapsed')),
    reported_on    date,
    remark_text    uuid,
    CHECK (state NOT IN ('done', 'not_done') OR reported_on IS NOT NULL)
);
CREATE INDEX follow_ups_by_referral ON follow_ups (referral_id, tabling);
CREATE INDEX follow_ups_open ON follow_ups (house, due_on, follow_up_id) WHERE state IN ('agreed', 'overdue');
CREATE INDEX follow_ups_to_watch ON follow_ups (house, due_on) WHERE state = 'agreed';
CREATE INDEX follow_ups_reported ON follow_ups (house, reported_on, follow_up_id) WHERE reported_on IS NOT NULL;
COMMENT ON TABLE follow_ups IS 'What the team agreed on at a briefing, who does it until when, and what became of it.';
COMMENT ON COLUMN follow_ups.remark_text IS 'Of the report that counts.';

CREATE TABLE follow_up_reports (
    follow_up_id  uuid NOT NULL REFERENCES follow_ups,
    recorded_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    recorded_by   text NOT NULL,
    state         text NOT NULL,
    reported_on   date NOT NULL,
    remark_text   uuid,
    PRIMARY KEY (follow_up_id, recorded_at)
);
COMMENT ON TABLE follow_up_reports IS 'Every report on a follow-up; the last one counts. Rows are only ever added.';
COMMENT ON COLUMN follow_up_reports.remark_text IS 'The sealed text that goes with the report; in a correction, what was wrong with the report before.';
