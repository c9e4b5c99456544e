-- How many messages are parked in each group, counted as they come and go: a hundred thousand take too long to count.

CREATE TABLE parked_count (
    answered  boolean NOT NULL,
    house     text NOT NULL,
    sender    text NOT NULL,
    kind      text NOT NULL,
    reason    text NOT NULL,
    part      integer NOT NULL,
    messages  bigint NOT NULL,
    PRIMARY KEY (answered, house, sender, kind, reason, part)
);
COMMENT ON TABLE parked_count IS 'The sum of the parts of a group is the number of its parked messages; one part alone may be negative. '
    'A session writes one part, so that sessions seldom wait for each other.';

CREATE FUNCTION count_parked() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'DELETE' THEN
        INSERT INTO parked_count AS counted
        SELECT answered, house, sender, kind, reason, pg_backend_pid() % 16, count(*) FROM added
        GROUP BY answered, house, sender, kind, reason
        ON CONFLICT (answered, house, sender, kind, reason, part) DO UPDATE
        SET messages = counted.messages + excluded.messages;
    END IF;
    IF TG_OP <> 'INSERT' THEN
        INSERT INTO parked_count AS counted
        SELECT answered, house, sender, kind, reason, pg_backend_pid() % 16, -count(*) FROM removed
        GROUP BY answered, house, sender, kind, reason
        ON CONFLICT (answered, house, sender, kind, reason, part) DO UPDATE
        SET messages = counted.messages + excluded.messages;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER counts_added AFTER INSERT ON parked
REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION count_parked();
CREATE TRIGGER counts_removed AFTER DELETE ON parked
REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION count_parked();
CREATE TRIGGER counts_changed AFTER UPDATE ON parked
REFERENCING NEW TABLE AS added OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION count_parked();

INSERT INTO parked_count
SELECT answered, house, sender, kind, reason, 0, count(*) FROM parked GROUP BY answered, house, sender, kind, reason;
