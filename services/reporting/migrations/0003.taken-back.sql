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

ALTER TABLE action_plan RENAME COLUMN event_id TO action_plan_id;
ALTER TABLE action_plan
    ADD COLUMN told_by uuid NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000',
    ALTER COLUMN agreed_on DROP NOT NULL,
    ALTER COLUMN agreements DROP NOT NULL;
COMMENT ON COLUMN action_plan.action_plan_id IS 'The id of the event where an event of before names no plan.';

DELETE FROM monitoring_answer AS earlier
USING monitoring_answer AS later
WHERE (later.table_case_id, later.moment) = (earlier.table_case_id, earlier.moment) AND later.due_on > earlier.due_on;
ALTER TABLE monitoring_answer
    DROP CONSTRAINT monitoring_answer_pkey,
    ADD PRIMARY KEY (table_case_id, moment),
    ADD COLUMN told_by uuid NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000',
    ALTER COLUMN due_on DROP NOT NULL,
    ALTER COLUMN answered_on DROP NOT NULL,
    ALTER COLUMN plan_stands DROP NOT NULL;

ALTER TABLE detention
    ADD COLUMN corrected_by uuid NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000',
    ADD COLUMN release_told_by uuid NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000',
    ADD COLUMN taken_out boolean NOT NULL DEFAULT false,
    ALTER COLUMN municipality DROP NOT NULL;
COMMENT ON COLUMN detention.taken_out IS 'Registered by mistake, or a second notice of another detention: not in the inflow.';

ALTER TABLE aftercare_plan
    DROP CONSTRAINT aftercare_plan_pkey,
    ADD PRIMARY KEY (detention_id, made_on),
    DROP COLUMN made_at,
    ADD COLUMN told_by uuid NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000',
    ALTER COLUMN domains DROP NOT NULL;
COMMENT ON TABLE aftercare_plan IS 'An aftercare plan of a detention. domains: list of {domain, bottleneck, referred}.';

CREATE VIEW standing_aftercare_plan AS
SELECT plan.detention_id, plan.house, plan.made_on, plan.domains
FROM aftercare_plan AS plan
WHERE plan.domains IS NOT NULL AND NOT EXISTS (
    SELECT FROM detention WHERE detention.detention_id = plan.detention_id AND detention.taken_out
);
COMMENT ON VIEW standing_aftercare_plan IS 'The plans that were not taken back, of detentions that were not taken out.';
