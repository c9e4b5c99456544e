-- The journal of all that was received, and the projections that the reports are made from.
-- Events of different publishers arrive in any order, so a projection waits for none: a row is what is known so far.

CREATE TABLE journal (
    position        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    event_id        uuid NOT NULL UNIQUE,
    type            text NOT NULL,
    house           text NOT NULL,
    case_id         uuid,
    time            timestamptz NOT NULL,
    correlation_id  uuid NOT NULL,
    data            jsonb NOT NULL,
    received_at     timestamptz NOT NULL DEFAULT clock_timestamp()
);
COMMENT ON TABLE journal IS 'Every event as it was received; only added to. The projections can be made again from it.';

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS
$$BEGIN RAISE EXCEPTION 'the journal is only added to'; END$$;
CREATE TRIGGER journal_is_only_added_to BEFORE UPDATE OR DELETE OR TRUNCATE ON journal
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TABLE referral (
    referral_id   uuid PRIMARY KEY,
    house         text NOT NULL,
    subject_id    uuid NOT NULL,
    kind          text NOT NULL,
    referrer      text NOT NULL,
    received_on   date NOT NULL,
    municipality  text NOT NULL,
    sub_region    text NOT NULL,
    sex           text NOT NULL,
    age_class     text NOT NULL
);
COMMENT ON TABLE referral IS 'A referral as intake registered it.';

CREATE TABLE tabling (
    referral_id   uuid NOT NULL,
    tabling       integer NOT NULL,
    house         text NOT NULL,
    subject_id    uuid NOT NULL,
    referrer      text NOT NULL,
    municipality  text NOT NULL,
    sub_region    text NOT NULL,
    briefing_on   date NOT NULL,
    decision      text NOT NULL,
    reason        text,
    rerouted_to   text,
    PRIMARY KEY (referral_id, tabling)
);
CREATE INDEX tabling_by_briefing ON tabling (house, briefing_on);
COMMENT ON TABLE tabling IS 'One referral dealt with at one briefing, and what was decided.';

CREATE TABLE table_case (
    table_case_id  uuid PRIMARY KEY,
    house          text NOT NULL,
    at_table       text NOT NULL,
    subject_id     uuid,
    municipality   text,
    sub_region     text,
    opened_on      date,
    closed_on      date,
    outcome        jsonb
);
CREATE INDEX table_case_by_opening ON table_case (house, opened_on, closed_on);
COMMENT ON TABLE table_case IS 'A case under treatment at one table. outcome: what was scored at closing, by name; null when it was not.';

CREATE TABLE referred_again (
    table_case_id  uuid NOT NULL,
    referral_id    uuid NOT NULL,
    house          text NOT NULL,
    at_table       text NOT NULL,
    referred_on    date NOT NULL,
    PRIMARY KEY (table_case_id, referral_id)
);
CREATE INDEX referred_again_by_day ON referred_again (house, referred_on);
COMMENT ON TABLE referred_again IS 'A referral on a subject whose table case was still running.';

CREATE TABLE session (
    session_id  uuid PRIMARY KEY,
    house       text NOT NULL,
    at_table    text NOT NULL,
    sub_region  text NOT NULL,
    held_on     date NOT NULL,
    cases       integer NOT NULL
);
CREATE INDEX session_by_day ON session (house, held_on);
COMMENT ON TABLE session IS 'One sitting of a table. cases: how many were on its agenda.';

CREATE TABLE action_plan (
    event_id       uuid PRIMARY KEY,
    table_case_id  uuid NOT NULL,
    house          text NOT NULL,
    at_table       text NOT NULL,
    agreed_on      date NOT NULL,
    agreements     integer NOT NULL
);
CREATE INDEX action_plan_by_day ON action_plan (house, agreed_on);
COMMENT ON TABLE action_plan IS 'An action plan that was agreed; a later one of the same table case replaces it.';

CREATE TABLE monitoring_answer (
    table_case_id  uuid NOT NULL,
    moment         text NOT NULL,
    due_on         date NOT NULL,
    house          text NOT NULL,
    answered_on    date NOT NULL,
    plan_stands    boolean NOT NULL,
    PRIMARY KEY (table_case_id, moment, due_on)
);
CREATE INDEX monitoring_answer_by_day ON monitoring_answer (house, answered_on);
COMMENT ON TABLE monitoring_answer IS 'What the case holder said at a monitoring moment.';

CREATE TABLE detention (
    detention_id        uuid PRIMARY KEY,
    house               text NOT NULL,
    municipality        text NOT NULL,
    registered_on       date,
    own_aftercare       boolean,
    weighed             boolean,
    expected_release_on date,
    release_on          date,
    release_changed_at  timestamptz
);
CREATE INDEX detention_by_registration ON detention (house, registered_on);
COMMENT ON TABLE detention IS 'A detention as registered, with its latest release date.';

CREATE TABLE aftercare_plan (
    detention_id  uuid PRIMARY KEY,
    house         text NOT NULL,
    municipality  text NOT NULL,
    made_on       date NOT NULL,
    made_at       timestamptz NOT NULL,
    domains       jsonb NOT NULL
);
CREATE INDEX aftercare_plan_by_day ON aftercare_plan (house, made_on);
COMMENT ON TABLE aftercare_plan IS 'The latest aftercare plan of a detention. domains: list of {domain, bottleneck, referred}.';
