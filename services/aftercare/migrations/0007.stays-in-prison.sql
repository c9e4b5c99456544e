-- One stay in prison is one detention, of which several notices may come; and what is recorded stays as it was recorded.

CREATE FUNCTION stay_as_recorded() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- a fact can be withdrawn once, with who, when and why; nothing else of it ever changes
    IF TG_OP = 'UPDATE' AND to_jsonb(OLD) ->> 'withdrawn_at' IS NULL AND to_jsonb(NEW) ->> 'withdrawn_at' IS NOT NULL
       AND to_jsonb(NEW) - '{withdrawn_at,withdrawn_by,withdrawn_because}'::text[]
         = to_jsonb(OLD) - '{withdrawn_at,withdrawn_by,withdrawn_because}'::text[] THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'what is recorded stays: it is corrected or withdrawn by a new fact' USING ERRCODE = 'check_violation';
END $$;

ALTER TABLE detentions
    ADD COLUMN withdrawn_on date,
    ADD COLUMN withdrawal text,
    ADD COLUMN withdrawn_because text,
    ADD COLUMN withdrawn_by text,
    ADD COLUMN withdrawn_at timestamptz;
COMMENT ON COLUMN detentions.institution IS 'Where the person is now, or was last; notices tell of the institutions before.';
COMMENT ON COLUMN detentions.withdrawal IS 'A code: why the house does nothing for this detention, such as a mistaken notice.';

CREATE TABLE notices (
    position             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    notice_id            uuid NOT NULL,
    house                text NOT NULL,
    detention_id         uuid NOT NULL REFERENCES detentions,
    municipality         text NOT NULL,
    institution          text NOT NULL,
    own_aftercare        boolean NOT NULL,
    detained_on          date NOT NULL,
    expected_release_on  date,
    told_at              timestamptz NOT NULL,
    recorded_at          timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX notices_by_detention ON notices (detention_id, position);
CREATE INDEX notices_by_notice ON notices (notice_id, position);
COMMENT ON TABLE notices IS 'Each detention notice as it was told, corrected or not. A transfer or a repeated notice is of the same detention.';
COMMENT ON COLUMN notices.notice_id IS 'The id that intake gave the detention of the notice; the first notice of a detention has the detention''s own.';
INSERT INTO notices (notice_id, house, detention_id, municipality, institution, own_aftercare, detained_on,
                     expected_release_on, told_at)
SELECT detention_id, house, detention_id, municipality, institution, own_aftercare, detained_on,
       (SELECT release_on FROM release_dates WHERE release_dates.detention_id = detentions.detention_id
          AND source = 'detention_notice' ORDER BY position LIMIT 1), registered_on + time '12:00' AT TIME ZONE 'UTC'
FROM detentions;
CREATE FUNCTION notice_of_the_version_before() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- workers of the version before keep no notice: their detentions get it when the transaction ends
    INSERT INTO notices (notice_id, house, detention_id, municipality, institution, own_aftercare, detained_on,
                         expected_release_on, told_at)
    SELECT NEW.detention_id, NEW.house, NEW.detention_id, NEW.municipality, NEW.institution, NEW.own_aftercare, NEW.detained_on,
           (SELECT release_on FROM release_dates WHERE release_dates.detention_id = NEW.detention_id
              AND source = 'detention_notice' ORDER BY position LIMIT 1), NEW.registered_on + time '12:00' AT TIME ZONE 'UTC'
    WHERE NOT EXISTS (SELECT FROM notices WHERE notices.detention_id = NEW.detention_id);
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER has_a_notice AFTER INSERT ON detentions DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION notice_of_the_version_before();
CREATE TRIGGER as_recorded BEFORE UPDATE OR DELETE ON notices FOR EACH ROW EXECUTE FUNCTION stay_as_recorded();

ALTER TABLE release_dates
    ALTER COLUMN release_on DROP NOT NULL,
    ADD COLUMN told_at timestamptz NOT NULL DEFAULT now(),
    ADD COLUMN statement_id uuid,
    ADD COLUMN recorded_by text,
    ADD COLUMN recorded_at timestamptz;
ALTER TABLE release_dates ALTER COLUMN recorded_at SET DEFAULT now();
UPDATE release_dates SET told_at = changed_on + time '12:00' AT TIME ZONE 'UTC';
COMMENT ON TABLE release_dates IS 'Each release date that was known, with who or what gave it and when; the one told last counts.';
COMMENT ON COLUMN release_dates.release_on IS 'Null: no release date is known any more.';
COMMENT ON COLUMN release_dates.told_at IS 'When the source gave the release date.';
COMMENT ON COLUMN release_dates.statement_id IS 'Of two release dates told at one moment, the greater id counts; null in rows of before.';
COMMENT ON COLUMN release_dates.recorded_by IS 'The caller that recorded it, or the partner that reported it; null: it came with a notice.';
CREATE TRIGGER as_recorded BEFORE UPDATE OR DELETE ON release_dates FOR EACH ROW EXECUTE FUNCTION stay_as_recorded();

CREATE FUNCTION counting_release_date(of_detention uuid, known_on date DEFAULT NULL)
RETURNS TABLE (release_on date, source text, changed_on date, recorded_by text, recorded_at timestamptz)
LANGUAGE sql STABLE AS $$
    SELECT release_on, source, changed_on, recorded_by, recorded_at FROM release_dates
    WHERE detention_id = of_detention AND (known_on IS NULL OR changed_on <= known_on)
    ORDER BY told_at DESC, statement_id DESC NULLS LAST, position DESC LIMIT 1
$$;
COMMENT ON FUNCTION counting_release_date IS 'The release date that was told last, by all that was told by a day; in whatever order it came.';
