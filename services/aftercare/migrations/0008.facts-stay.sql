-- Plans, refusals and follow-ups say who recorded them and when; a slip is withdrawn, with who, when and why, and stays.

ALTER TABLE plans
    ADD COLUMN version integer,
    ADD COLUMN recorded_by text,
    ADD COLUMN recorded_at timestamptz,
    ADD COLUMN withdrawn_by text,
    ADD COLUMN withdrawn_because text,
    ADD COLUMN withdrawn_at timestamptz;
ALTER TABLE plans ALTER COLUMN recorded_at SET DEFAULT now();
UPDATE plans SET version = numbered.version
FROM (SELECT plan_id, row_number() OVER (PARTITION BY detention_id ORDER BY replaced_on NULLS LAST, made_on) AS version
      FROM plans) AS numbered
WHERE plans.plan_id = numbered.plan_id;
ALTER TABLE plans ALTER COLUMN version SET NOT NULL;
CREATE UNIQUE INDEX plans_in_order ON plans (detention_id, version);
COMMENT ON TABLE plans IS 'Each plan that was made; of those that are not withdrawn the last version stands.';
COMMENT ON COLUMN plans.replaced_on IS 'Read by the version before alone; a later version drops it.';
CREATE TRIGGER as_recorded BEFORE DELETE OR UPDATE OF plan_id, house, detention_id, made_on, version, recorded_by, recorded_at,
    withdrawn_by, withdrawn_because, withdrawn_at ON plans FOR EACH ROW EXECUTE FUNCTION stay_as_recorded();
CREATE FUNCTION plan_of_both_versions() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- workers of the version before give a plan no version, and look for the one plan that is not replaced
    NEW.version := coalesce(NEW.version, 1 + (SELECT count(*) FROM plans WHERE detention_id = NEW.detention_id));
    UPDATE plans SET replaced_on = greatest(made_on, NEW.made_on)
    WHERE detention_id = NEW.detention_id AND replaced_on IS NULL;
    RETURN NEW;
END $$;
CREATE TRIGGER of_both_versions BEFORE INSERT ON plans FOR EACH ROW EXECUTE FUNCTION plan_of_both_versions();
CREATE TRIGGER as_recorded BEFORE UPDATE OR DELETE ON plan_domains FOR EACH ROW EXECUTE FUNCTION stay_as_recorded();

ALTER TABLE refusals
    ADD COLUMN recorded_by text,
    ADD COLUMN recorded_at timestamptz,
    ADD COLUMN withdrawn_by text,
    ADD COLUMN withdrawn_because text,
    ADD COLUMN withdrawn_at timestamptz;
ALTER TABLE refusals ALTER COLUMN recorded_at SET DEFAULT now();
CREATE TRIGGER as_recorded BEFORE UPDATE OR DELETE ON refusals FOR EACH ROW EXECUTE FUNCTION stay_as_recorded();

ALTER TABLE follow_ups
    ADD COLUMN recorded_by text,
    ADD COLUMN recorded_at timestamptz,
    ADD COLUMN withdrawn_by text,
    ADD COLUMN withdrawn_because text,
    ADD COLUMN withdrawn_at timestamptz;
ALTER TABLE follow_ups ALTER COLUMN recorded_at SET DEFAULT now();
CREATE TRIGGER as_recorded BEFORE UPDATE OR DELETE ON follow_ups FOR EACH ROW EXECUTE FUNCTION stay_as_recorded();
CREATE TRIGGER as_recorded BEFORE UPDATE OR DELETE ON follow_up_domains FOR EACH ROW EXECUTE FUNCTION stay_as_recorded();

-- releases: seen_at tells which facts were recorded too late to prevent a breach
ALTER TABLE releases ADD COLUMN seen_at timestamptz;
ALTER TABLE releases ALTER COLUMN seen_at SET DEFAULT now();
CREATE TRIGGER as_recorded BEFORE UPDATE OR DELETE ON releases FOR EACH ROW EXECUTE FUNCTION stay_as_recorded();

CREATE TABLE breach_confirmations (
    position     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    house        text NOT NULL,
    release_id   uuid NOT NULL REFERENCES releases (release_id),
    because      text NOT NULL,
    recorded_by  text NOT NULL,
    recorded_at  timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX breach_confirmations_by_release ON breach_confirmations (release_id);
COMMENT ON TABLE breach_confirmations IS 'Somebody other than the recorder confirms that a breach was none.';
CREATE TRIGGER as_recorded BEFORE UPDATE OR DELETE ON breach_confirmations FOR EACH ROW EXECUTE FUNCTION stay_as_recorded();
