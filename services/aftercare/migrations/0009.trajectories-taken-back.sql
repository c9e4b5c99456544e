-- A stage or an end of a trajectory that was a slip is withdrawn, with who, when and why, and stays.

ALTER TABLE trajectory_stages
    ADD COLUMN recorded_by text,
    ADD COLUMN recorded_at timestamptz,
    ADD COLUMN withdrawn_by text,
    ADD COLUMN withdrawn_because text,
    ADD COLUMN withdrawn_at timestamptz,
    DROP CONSTRAINT no_stage_twice;
ALTER TABLE trajectory_stages ALTER COLUMN recorded_at SET DEFAULT now();
CREATE UNIQUE INDEX no_stage_twice ON trajectory_stages (trajectory_id, stage) WHERE withdrawn_at IS NULL;
CREATE TRIGGER as_recorded BEFORE UPDATE OR DELETE ON trajectory_stages
    FOR EACH ROW EXECUTE FUNCTION stay_as_recorded();

CREATE TABLE trajectory_ends (
    position           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    trajectory_id      uuid NOT NULL REFERENCES trajectories,
    ended_on           date NOT NULL,
    result             text NOT NULL,
    recorded_by        text,
    recorded_at        timestamptz DEFAULT now(),
    withdrawn_by       text,
    withdrawn_because  text,
    withdrawn_at       timestamptz
);
CREATE UNIQUE INDEX one_end ON trajectory_ends (trajectory_id) WHERE withdrawn_at IS NULL;
COMMENT ON TABLE trajectory_ends IS 'Each end that was recorded; the one that is not withdrawn stands in trajectories too.';
INSERT INTO trajectory_ends (trajectory_id, ended_on, result, recorded_at)
SELECT trajectory_id, ended_on, result, NULL FROM trajectories WHERE ended_on IS NOT NULL;
CREATE TRIGGER as_recorded BEFORE UPDATE OR DELETE ON trajectory_ends
    FOR EACH ROW EXECUTE FUNCTION stay_as_recorded();
CREATE FUNCTION end_of_the_version_before() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- workers of the version before keep an end in trajectories alone: it gets its row when the transaction ends
    INSERT INTO trajectory_ends (trajectory_id, ended_on, result)
    SELECT NEW.trajectory_id, NEW.ended_on, NEW.result
    WHERE NOT EXISTS (SELECT FROM trajectory_ends
                      WHERE trajectory_ends.trajectory_id = NEW.trajectory_id AND withdrawn_at IS NULL);
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER has_an_end AFTER UPDATE OF ended_on ON trajectories DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (OLD.ended_on IS NULL AND NEW.ended_on IS NOT NULL) EXECUTE FUNCTION end_of_the_version_before();
