-- What is recorded and booked stays, but a text of it may be sealed: then a reference to the sealed text takes its place.

CREATE FUNCTION only_seals(before jsonb, after jsonb) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT before <> after AND NOT EXISTS (
        SELECT FROM jsonb_each_text(after) AS now (name, value)
        WHERE value IS DISTINCT FROM before ->> name
          AND (coalesce(value, '') !~ '^sealed:[0-9a-f-]{36}$' OR coalesce(before ->> name, '') ~ '^(sealed:[0-9a-f-]{36})?$'))
$$;
COMMENT ON FUNCTION only_seals IS 'Whether a row differs only in texts that gave way to references.';

CREATE OR REPLACE FUNCTION stay_as_recorded() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- a fact can be withdrawn once, with who, when and why, and its texts can be sealed; nothing else of it ever changes
    IF TG_OP = 'UPDATE' AND (
       only_seals(to_jsonb(OLD), to_jsonb(NEW))
       OR to_jsonb(OLD) ->> 'withdrawn_at' IS NULL AND to_jsonb(NEW) ->> 'withdrawn_at' IS NOT NULL
       AND to_jsonb(NEW) - '{withdrawn_at,withdrawn_by,withdrawn_because}'::text[]
         = to_jsonb(OLD) - '{withdrawn_at,withdrawn_by,withdrawn_because}'::text[]) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'what is recorded stays: it is corrected or withdrawn by a new fact' USING ERRCODE = 'check_violation';
END $$;

CREATE OR REPLACE FUNCTION stay_as_booked() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND only_seals(to_jsonb(OLD), to_jsonb(NEW)) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'what is booked stays: it is corrected by a counter-entry' USING ERRCODE = 'check_violation';
END $$;
