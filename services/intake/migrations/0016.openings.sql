-- For what a case may be seen now.

CREATE TABLE openings (
    opened_by  uuid NOT NULL,
    purpose    text NOT NULL,
    house      text NOT NULL,
    case_id    uuid NOT NULL,
    last_day   date,
    PRIMARY KEY (opened_by, purpose)
);
CREATE INDEX openings_by_case ON openings (case_id);
COMMENT ON TABLE openings IS 'For what a case may be seen: opened by a referral, a table case, a detention or an assignment.';
COMMENT ON COLUMN openings.last_day IS 'NULL while it goes on.';

ALTER TABLE subjects ADD COLUMN openings_kept boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN subjects.openings_kept IS 'Whether every opening of the case is known; false for subjects from before openings were kept, who are seen as before.';
