-- Parked messages by the hundred thousand: listed, grouped and counted without reading a body.

ALTER TABLE parked
    ADD COLUMN house text NOT NULL DEFAULT '',
    ADD COLUMN reason text,
    ADD COLUMN answered boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN parked.house IS 'The house of the message; empty if nothing trustworthy names one.';
COMMENT ON COLUMN parked.reason IS 'The code of the first problem: messages of a sender are grouped by kind and reason.';
COMMENT ON COLUMN parked.answered IS 'The sender was told the problems: nobody has to look at the message, and it is kept for a limited time.';

CREATE FUNCTION parked_by_the_version_before() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.house := CASE WHEN NEW.sender = NEW.user_id THEN split_part(NEW.user_id, '.', 1) ELSE '' END;
    NEW.reason := coalesce(NEW.problems -> 0 ->> 2, 'invalid');
    NEW.problems := jsonb_path_query_array(NEW.problems, '$[0 to 99]');
    NEW.answered := NEW.kind = 'rejected' AND NEW.sender IS NOT DISTINCT FROM NEW.user_id;
    RETURN NEW;
END $$;
CREATE TRIGGER classified BEFORE INSERT OR UPDATE ON parked
FOR EACH ROW WHEN (NEW.reason IS NULL) EXECUTE FUNCTION parked_by_the_version_before();
COMMENT ON FUNCTION parked_by_the_version_before IS 'Classifies what workers of the version before park, and bounds its problems; it goes when none of them can run.';
CREATE TABLE refusals_before (
    house     text NOT NULL,
    sender    text NOT NULL,
    reason    text NOT NULL,
    messages  bigint NOT NULL,
    last_at   timestamptz NOT NULL,
    PRIMARY KEY (house, sender, reason)
);
COMMENT ON TABLE refusals_before IS 'Refused messages that were kept for their time and deleted: how many, and when the last one was parked.';
