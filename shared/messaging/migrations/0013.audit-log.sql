-- The audit log: who did what. The service's own role adds rows and reads them; only the owner of the tables could change one.

CREATE TABLE audit_log (
    id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at              timestamptz NOT NULL DEFAULT clock_timestamp(),
    transaction     bigint NOT NULL DEFAULT pg_current_xact_id()::text::bigint,
    action          text NOT NULL,
    operation       text NOT NULL,
    object_kind     text NOT NULL,
    object_id       text NOT NULL,
    case_id         uuid,
    status          smallint NOT NULL,
    actor           text NOT NULL,
    actor_name      text NOT NULL,
    organisation    text NOT NULL,
    origin          text NOT NULL,
    house           text NOT NULL,
    correlation_id  uuid NOT NULL
);
CREATE INDEX audit_log_by_transaction ON audit_log (transaction, id);
CREATE INDEX audit_log_by_house ON audit_log (house, at, id);
CREATE INDEX audit_log_by_actor ON audit_log (house, actor, at, id);
CREATE INDEX audit_log_by_case ON audit_log (case_id, at, id) WHERE case_id IS NOT NULL;
COMMENT ON TABLE audit_log IS 'Who did what: commands, looks at a name, what was done with parked messages, and what was refused. '
    'Holds nothing of a subject but ids.';
COMMENT ON COLUMN audit_log.transaction IS 'The number of the transaction that wrote the row: rows are sealed in this order.';
COMMENT ON COLUMN audit_log.status IS 'The HTTP status of the answer: below 400 it was done, else refused.';

CREATE TABLE audit_seals (
    number     bigint PRIMARY KEY,
    sealed_at  timestamptz NOT NULL,
    oldest_at  timestamptz NOT NULL,
    until      bigint NOT NULL,
    rows       bigint[] NOT NULL,
    digests    bytea[] NOT NULL,
    previous   bytea NOT NULL,
    hash       bytea NOT NULL
);
COMMENT ON TABLE audit_seals IS 'A chain over audit_log: each seal holds the digests of some rows, and the hash of the seal before it.';
COMMENT ON COLUMN audit_seals.until IS 'This seal and those before it hold the rows of every transaction with a lower number.';
COMMENT ON COLUMN audit_seals.oldest_at IS 'When the oldest of its rows was written: rows go after their time, and their digests stay.';

-- PostgreSQL itself writes the moment and the transaction of a row: whoever may insert one can't date it back.
DO $$
DECLARE worker text;
BEGIN
    FOR worker IN SELECT DISTINCT grantee FROM information_schema.role_table_grants
                  WHERE table_name = 'audit_log' AND grantee NOT IN (current_user, 'PUBLIC')
    LOOP
        EXECUTE format('REVOKE ALL ON audit_log, audit_seals FROM %I', worker);
        EXECUTE format('GRANT SELECT ON audit_log, audit_seals TO %I', worker);
        EXECUTE format('GRANT INSERT ON audit_seals TO %I', worker);
        EXECUTE format('GRANT INSERT (action, operation, object_kind, object_id, case_id, status, actor, actor_name, '
                       'organisation, origin, house, correlation_id) ON audit_log TO %I', worker);
    END LOOP;
END $$;

CREATE FUNCTION delete_audited(older_than_days integer, most integer) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    DELETE FROM audit_log WHERE id = ANY(ARRAY(
        SELECT id FROM (SELECT id, at FROM audit_log ORDER BY id LIMIT most) AS first
        WHERE at < now() - make_interval(days => greatest(older_than_days, 365))))
$$;
COMMENT ON FUNCTION delete_audited IS 'Deletes the oldest rows, once their time is over: never a row younger than a year. '
    'The service may call it, and has no other way to delete a row.';
