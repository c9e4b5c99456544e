-- Somebody may stand in for another person for a while: the audit log says for whom. The digest of a row leaves out a column without
-- a value, so that the rows of before stay as they were sealed.

ALTER TABLE audit_log ADD COLUMN standing_in_for text;
COMMENT ON COLUMN audit_log.standing_in_for IS 'The id of the person whose functions the actor used; NULL if they were its own.';

DO $$
DECLARE worker text;
BEGIN
    FOR worker IN SELECT DISTINCT grantee FROM information_schema.column_privileges
                  WHERE table_name = 'audit_log' AND column_name = 'action' AND privilege_type = 'INSERT' AND grantee <> current_user
    LOOP
        EXECUTE format('GRANT INSERT (standing_in_for) ON audit_log TO %I', worker);
    END LOOP;
END $$;
