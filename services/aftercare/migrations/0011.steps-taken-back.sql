-- A report of a conversation, or a step of a stay, that was a slip is withdrawn, with who, when and why, and stays. What stands is
-- in conversations and stays too.

CREATE TABLE conversation_reports (
    position           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    conversation_id    uuid NOT NULL REFERENCES conversations,
    held_on            date NOT NULL,
    needs              text[] NOT NULL,
    offered            boolean NOT NULL,
    accepted           boolean,
    outcome            text NOT NULL,
    recorded_by        text,
    recorded_at        timestamptz DEFAULT now(),
    withdrawn_by       text,
    withdrawn_because  text,
    withdrawn_at       timestamptz
);
CREATE UNIQUE INDEX one_report ON conversation_reports (conversation_id) WHERE withdrawn_at IS NULL;
CREATE INDEX conversation_reports_in_order ON conversation_reports (conversation_id, position);
COMMENT ON TABLE conversation_reports IS 'Each report that was recorded; the one that is not withdrawn stands in conversations too.';
INSERT INTO conversation_reports (conversation_id, held_on, needs, offered, accepted, outcome, recorded_at)
SELECT conversation_id, held_on, needs, offered, accepted, outcome, NULL FROM conversations WHERE held_on IS NOT NULL;
CREATE TRIGGER as_recorded BEFORE UPDATE OR DELETE ON conversation_reports
    FOR EACH ROW EXECUTE FUNCTION stay_as_recorded();
ALTER TABLE conversations DROP CONSTRAINT asked_for_or_held;
ALTER TABLE conversations ADD COLUMN recorded_by text, ADD COLUMN recorded_at timestamptz;
ALTER TABLE conversations ALTER COLUMN recorded_at SET DEFAULT now();
COMMENT ON COLUMN conversations.held_on IS 'Of the report that stands; null with asked_on if the report of a talk that nobody was asked for was withdrawn.';

CREATE TABLE stay_steps (
    position           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    stay_id            uuid NOT NULL REFERENCES stays (stay_id),
    step               text NOT NULL CHECK (step IN ('asked', 'began', 'ended', 'withdrawn')),
    taken_on           date NOT NULL,
    place              integer,
    recorded_by        text,
    recorded_at        timestamptz DEFAULT now(),
    withdrawn_by       text,
    withdrawn_because  text,
    withdrawn_at       timestamptz
);
CREATE UNIQUE INDEX no_step_twice ON stay_steps (stay_id, step) WHERE withdrawn_at IS NULL;
CREATE INDEX stay_steps_in_order ON stay_steps (stay_id, position);
COMMENT ON TABLE stay_steps IS 'Each step of a stay that was recorded; those that are not withdrawn stand in stays too.';
INSERT INTO stay_steps (stay_id, step, taken_on, place, recorded_at)
SELECT stay_id, step, taken_on, CASE step WHEN 'began' THEN place END, NULL
FROM stays
CROSS JOIN LATERAL (VALUES (1, 'asked', asked_on), (2, 'began', began_on), (3, 'ended', ended_on), (4, 'withdrawn', withdrawn_on))
    AS taken (number, step, taken_on)
WHERE taken_on IS NOT NULL
ORDER BY stays.position, number;
CREATE TRIGGER as_recorded BEFORE UPDATE OR DELETE ON stay_steps FOR EACH ROW EXECUTE FUNCTION stay_as_recorded();

CREATE FUNCTION report_of_the_version_before() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- workers of the version before keep a report in conversations alone: it gets its row when the transaction ends
    INSERT INTO conversation_reports (conversation_id, held_on, needs, offered, accepted, outcome)
    VALUES (NEW.conversation_id, NEW.held_on, NEW.needs, NEW.offered, NEW.accepted, NEW.outcome)
    ON CONFLICT (conversation_id) WHERE withdrawn_at IS NULL DO NOTHING;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER has_a_report AFTER INSERT OR UPDATE OF held_on ON conversations DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.held_on IS NOT NULL) EXECUTE FUNCTION report_of_the_version_before();

CREATE FUNCTION steps_of_the_version_before() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- the same of the steps of a stay
    INSERT INTO stay_steps (stay_id, step, taken_on, place)
    SELECT NEW.stay_id, step, taken_on, CASE step WHEN 'began' THEN NEW.place END
    FROM (VALUES ('asked', NEW.asked_on), ('began', NEW.began_on), ('ended', NEW.ended_on), ('withdrawn', NEW.withdrawn_on))
         AS taken (step, taken_on)
    WHERE taken_on IS NOT NULL
    ON CONFLICT (stay_id, step) WHERE withdrawn_at IS NULL DO NOTHING;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER has_its_steps AFTER INSERT OR UPDATE ON stays DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION steps_of_the_version_before();

ALTER TABLE trajectory_transports
    DROP CONSTRAINT trajectory_transports_pkey,
    ADD COLUMN recorded_by text,
    ADD COLUMN recorded_at timestamptz,
    ADD COLUMN withdrawn_by text,
    ADD COLUMN withdrawn_because text,
    ADD COLUMN withdrawn_at timestamptz;
ALTER TABLE trajectory_transports ALTER COLUMN recorded_at SET DEFAULT now();
CREATE UNIQUE INDEX no_transport_twice ON trajectory_transports (trajectory_id, fetched_on) WHERE withdrawn_at IS NULL;
CREATE TRIGGER as_recorded BEFORE UPDATE OR DELETE ON trajectory_transports
    FOR EACH ROW EXECUTE FUNCTION stay_as_recorded();
ALTER TABLE trajectories ADD COLUMN recorded_by text, ADD COLUMN recorded_at timestamptz;
ALTER TABLE trajectories ALTER COLUMN recorded_at SET DEFAULT now();
