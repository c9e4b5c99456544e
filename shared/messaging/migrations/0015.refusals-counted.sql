-- Whoever is refused time and again fills the audit log no more: of one caller, operation and hour the first refusals are entries, and
-- the others are one entry together when the hour is over.

CREATE TABLE audit_refusals (
    hour             timestamptz NOT NULL,
    house            text NOT NULL,
    organisation     text NOT NULL,
    actor            text NOT NULL,
    origin           text NOT NULL,
    standing_in_for  text NOT NULL,
    operation        text NOT NULL,
    status           smallint NOT NULL,
    action           text NOT NULL,
    object_kind      text NOT NULL,
    actor_name       text NOT NULL,
    correlation_id   uuid NOT NULL,
    refusals         integer NOT NULL,
    PRIMARY KEY (hour, house, organisation, actor, origin, standing_in_for, operation, status)
) WITH (fillfactor = 50);
COMMENT ON TABLE audit_refusals IS 'What was refused to whom in an hour that is not over, or has just been: counted, so that the audit log stays readable.';
COMMENT ON COLUMN audit_refusals.standing_in_for IS 'As in audit_log; empty if the functions were the actor''s own.';
COMMENT ON COLUMN audit_refusals.correlation_id IS 'Of the last one.';

ALTER TABLE audit_log ADD COLUMN refusals integer;
COMMENT ON COLUMN audit_log.refusals IS 'The number of refusals in the hour before for which this row stands; NULL in a row about one request.';

DO $$
DECLARE worker text;
BEGIN
    FOR worker IN SELECT DISTINCT grantee FROM information_schema.column_privileges
                  WHERE table_name = 'audit_log' AND column_name = 'action' AND privilege_type = 'INSERT' AND grantee <> current_user
    LOOP
        EXECUTE format('GRANT INSERT (refusals) ON audit_log TO %I', worker);
    END LOOP;
END $$;
