-- A house can have a function for each sealed theme: an entry on a sealed object says with which of them somebody acted, and is told
-- to nobody who lacks one. The digest of a row leaves out a column without a value, so that the rows of before stay as they were sealed.

ALTER TABLE audit_log ADD COLUMN theme_roles text[];
COMMENT ON COLUMN audit_log.theme_roles IS 'The functions for sealed themes that the actor had; NULL if it had none, and in rows of before.';
ALTER TABLE audit_refusals ADD COLUMN theme_roles text[];
COMMENT ON COLUMN audit_refusals.theme_roles IS 'As in audit_log.';

DO $$
DECLARE worker text;
BEGIN
    FOR worker IN SELECT DISTINCT grantee FROM information_schema.column_privileges
                  WHERE table_name = 'audit_log' AND column_name = 'action' AND privilege_type = 'INSERT' AND grantee <> current_user
    LOOP
        EXECUTE format('GRANT INSERT (theme_roles) ON audit_log TO %I', worker);
    END LOOP;
END $$;
