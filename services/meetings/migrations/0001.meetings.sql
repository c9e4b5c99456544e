-- Cases under treatment at a table, and what was planned, agreed, answered and concluded there.

CREATE TABLE table_cases (
    table_case_id      uuid PRIMARY KEY,
    house              text NOT NULL,
    case_id            uuid NOT NULL,
    subject_id         uuid NOT NULL,
    referral_id        uuid NOT NULL,
    at_table           text NOT NULL,
    municipality       text NOT NULL,
    sub_region         text NOT NULL,
    opened_on          date NOT NULL,
    closed_on          date CHECK (closed_on >= opened_on),
    outcome            jsonb,
    running_on_reason  text
);
CREATE UNIQUE INDEX one_running_table_case ON table_cases (house, subject_id, at_table) WHERE closed_on IS NULL;
CREATE INDEX table_cases_in_order ON table_cases (house, opened_on, table_case_id);
COMMENT ON TABLE table_cases IS 'One case at one table; a subject has at most one that is running at each table.';

CREATE TABLE table_case_referrals (
    table_case_id  uuid NOT NULL REFERENCES table_cases,
    referral_id    uuid NOT NULL,
    referred_on    date NOT NULL,
    PRIMARY KEY (table_case_id, referral_id)
);
CREATE INDEX table_case_referrals_by_referral ON table_case_referrals (referral_id);
COMMENT ON TABLE table_case_referrals IS 'The referral that opened a table case, and those that found it running.';

CREATE TABLE sessions (
    session_id  uuid PRIMARY KEY,
    house       text NOT NULL,
    at_table    text NOT NULL,
    sub_region  text NOT NULL,
    held_on     date NOT NULL,
    reason      text
);
COMMENT ON TABLE sessions IS 'One sitting of a table. reason: why cases come again to a table where a case comes once.';

CREATE TABLE session_cases (
    session_id     uuid NOT NULL REFERENCES sessions,
    table_case_id  uuid NOT NULL REFERENCES table_cases,
    place          integer NOT NULL,
    PRIMARY KEY (session_id, table_case_id)
);
CREATE INDEX session_cases_by_table_case ON session_cases (table_case_id);
COMMENT ON TABLE session_cases IS 'The cases of a sitting, in the order in which they are taken.';

CREATE TABLE action_plans (
    action_plan_id  uuid PRIMARY KEY,
    house           text NOT NULL,
    table_case_id   uuid NOT NULL REFERENCES table_cases,
    agreed_on       date NOT NULL,
    case_holder     text NOT NULL,
    replaced_on     date CHECK (replaced_on >= agreed_on)
);
CREATE UNIQUE INDEX one_standing_plan ON action_plans (table_case_id) WHERE replaced_on IS NULL;
CREATE INDEX action_plans_by_table_case ON action_plans (table_case_id);
COMMENT ON TABLE action_plans IS 'Each plan that was agreed; the one that is not replaced stands.';

CREATE TABLE agreements (
    action_plan_id  uuid NOT NULL REFERENCES action_plans,
    place           integer NOT NULL,
    owner_partner   text NOT NULL,
    owner_person    text,
    life_domain     text,
    what            text NOT NULL,
    due_on          date NOT NULL,
    PRIMARY KEY (action_plan_id, place)
);
COMMENT ON COLUMN agreements.owner_person IS 'A professional''s function, never a client.';

CREATE TABLE monitoring_moments (
    moment_id       uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    house           text NOT NULL,
    table_case_id   uuid NOT NULL REFERENCES table_cases,
    action_plan_id  uuid NOT NULL REFERENCES action_plans,
    code            text NOT NULL,
    due_on          date NOT NULL,
    answered_on     date,
    plan_stands     boolean,
    note            text,
    UNIQUE (action_plan_id, code),
    CHECK ((answered_on IS NULL) = (plan_stands IS NULL))
);
CREATE INDEX monitoring_moments_due ON monitoring_moments (house, due_on, moment_id) WHERE answered_on IS NULL;
COMMENT ON TABLE monitoring_moments IS 'When the case holder is asked whether a plan still stands, and the answer.';
