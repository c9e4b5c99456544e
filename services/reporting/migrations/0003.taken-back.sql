-- A fact can be stated again or taken back. Of the events that state one fact, the event that was announced last counts:
-- ids of events are in the order of time. A fact that was taken back keeps its key; its other columns are null.

ALTER TABLE tabling
    ADD COLUMN told_by uuid NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000',
    ALTER COLUMN subject_id DROP NOT NULL,
    ALTER COLUMN referrer DROP NOT NULL,
    ALTER COLUMN municipality DROP NOT NULL,
    ALTER COLUMN sub_region DROP NOT NULL,
    ALTER COLUMN briefing_on DROP NOT NULL,
    ALTER COLUMN decision DROP NOT NULL,
    DROP CONSTRAINT tabling_pkey,
    ADD PRIMARY KEY (referral_id, tabling) INCLUDE (briefing_on);
COMMENT ON COLUMN tabling.told_by IS 'Id of the event that states the row; zeros if the row is from before corrections.';

ALTER TABLE table_case
    ADD COLUMN opening_told_by uuid NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000',
    ADD COLUMN closing_told_by uuid NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000';

ALTER TABLE referred_again
    ADD COLUMN told_by uuid NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000',
    ALTER COLUMN referred_on DROP NOT NULL;

ALTER TABLE session
    ADD COLUMN told_by uuid NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000',
    ADD COLUMN held boolean NOT NULL DEFAULT false,
    ALTER COLUMN held_on DROP NOT NULL;
COMMENT ON COLUMN session.held IS 'Whether the table told that the session was held; if not, it is planned, or cancelled if held_on is null.';

ALTER TABLE action_plan
    ADD COLUMN action_plan_id uuid,
    ALTER COLUMN agreed_on DROP NOT NULL,
    ALTER COLUMN agreements DROP NOT NULL;
CREATE UNIQUE INDEX one_row_a_plan ON action_plan (coalesce(action_plan_id, event_id));
COMMENT ON COLUMN action_plan.event_id IS 'Id of the event that states the row.';
COMMENT ON COLUMN action_plan.action_plan_id IS 'The id of the event where an event of before names no plan; null in rows of before.';

ALTER TABLE detention
    ADD COLUMN corrected_by uuid NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000',
    ADD COLUMN release_told_by uuid NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000',
    ADD COLUMN taken_out boolean NOT NULL DEFAULT false,
    ADD COLUMN taken_out_told_by uuid NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000',
    ALTER COLUMN municipality DROP NOT NULL;
COMMENT ON COLUMN detention.taken_out IS 'Registered by mistake, or a second notice of another detention: not in the inflow.';

-- These facts have another key than in the version before. Its workers write its tables until the last of them has stopped;
-- what they write is copied. A later version drops both tables, their triggers and functions.
CREATE TABLE answered_moment (
    table_case_id  uuid NOT NULL,
    moment         text NOT NULL,
    due_on         date,
    house          text NOT NULL,
    answered_on    date,
    plan_stands    boolean,
    told_by        uuid NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000',
    PRIMARY KEY (table_case_id, moment)
);
CREATE INDEX answered_moment_by_day ON answered_moment (house, answered_on);
COMMENT ON TABLE answered_moment IS 'What the case holder said at a monitoring moment.';
COMMENT ON TABLE monitoring_answer IS 'Answers as the version before keeps them: see answered_moment.';

CREATE FUNCTION copy_monitoring_answer() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO answered_moment (table_case_id, moment, due_on, house, answered_on, plan_stands)
    VALUES (NEW.table_case_id, NEW.moment, NEW.due_on, NEW.house, NEW.answered_on, NEW.plan_stands)
    ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;
CREATE TRIGGER copied AFTER INSERT ON monitoring_answer FOR EACH ROW EXECUTE FUNCTION copy_monitoring_answer();
INSERT INTO answered_moment (table_case_id, moment, due_on, house, answered_on, plan_stands)
SELECT DISTINCT ON (table_case_id, moment) table_case_id, moment, due_on, house, answered_on, plan_stands
FROM monitoring_answer
ORDER BY table_case_id, moment, due_on DESC;

CREATE TABLE aftercare_plan_of_day (
    detention_id  uuid NOT NULL,
    made_on       date NOT NULL,
    house         text NOT NULL,
    municipality  text NOT NULL,
    domains       jsonb,
    told_by       uuid NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000',
    PRIMARY KEY (detention_id, made_on)
);
CREATE INDEX aftercare_plan_of_day_by_day ON aftercare_plan_of_day (house, made_on);
COMMENT ON TABLE aftercare_plan_of_day IS 'The aftercare plan that was made in a detention on a day. domains: list of {domain, bottleneck, referred}.';
COMMENT ON TABLE aftercare_plan IS 'The latest plan of a detention as the version before keeps it: see aftercare_plan_of_day.';

CREATE FUNCTION copy_aftercare_plan() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO aftercare_plan_of_day (detention_id, made_on, house, municipality, domains)
    VALUES (NEW.detention_id, NEW.made_on, NEW.house, NEW.municipality, NEW.domains)
    ON CONFLICT (detention_id, made_on) DO UPDATE SET domains = excluded.domains
    WHERE aftercare_plan_of_day.told_by = '00000000-0000-0000-0000-000000000000';
    RETURN NULL;
END $$;
CREATE TRIGGER copied AFTER INSERT OR UPDATE ON aftercare_plan FOR EACH ROW EXECUTE FUNCTION copy_aftercare_plan();
INSERT INTO aftercare_plan_of_day (detention_id, made_on, house, municipality, domains)
SELECT detention_id, made_on, house, municipality, domains FROM aftercare_plan;

CREATE VIEW standing_aftercare_plan AS
SELECT plan.detention_id, plan.house, plan.made_on, plan.domains
FROM aftercare_plan_of_day AS plan
WHERE plan.domains IS NOT NULL AND NOT EXISTS (
    SELECT FROM detention WHERE detention.detention_id = plan.detention_id AND detention.taken_out
);
COMMENT ON VIEW standing_aftercare_plan IS 'The plans that were not taken back, of detentions that were not taken out.';
