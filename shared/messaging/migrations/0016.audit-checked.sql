-- The relay checks the audit log all the time, some seals at a step: where it is, and what it found, outlives it.

CREATE TABLE audit_checked (
    one          boolean PRIMARY KEY DEFAULT true CHECK (one),
    began_at     timestamptz NOT NULL,
    seal         bigint NOT NULL,
    findings     integer NOT NULL,
    finished_at  timestamptz,
    found        integer NOT NULL
);
COMMENT ON TABLE audit_checked IS 'How far the check of the audit log is, in one row.';
COMMENT ON COLUMN audit_checked.seal IS 'The number of the last seal that was checked in the pass in hand, which began at began_at; findings: what that pass has found.';
COMMENT ON COLUMN audit_checked.finished_at IS 'When the last whole pass ended, which found so much; NULL before the first.';
