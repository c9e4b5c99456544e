-- Who is to be forgotten on request, and what a second person said.

CREATE TABLE forgettings (
    forgetting_id  uuid PRIMARY KEY,
    house          text NOT NULL,
    subject_id     uuid,
    ground         text NOT NULL,
    asked_by       text NOT NULL,
    asked_by_id    text NOT NULL,
    asked_at       timestamptz NOT NULL,
    decision       text CHECK (decision IN ('forget', 'keep')),
    decided_by     text,
    decided_at     timestamptz
);
CREATE UNIQUE INDEX forgettings_waiting ON forgettings (subject_id) WHERE decision IS NULL;
CREATE INDEX forgettings_by_house ON forgettings (house, asked_at);
COMMENT ON TABLE forgettings IS 'Requests that somebody is forgotten (AVG, article 17). Rows stay: who decided what, and when.';
COMMENT ON COLUMN forgettings.subject_id IS 'NULL once it is decided: nobody can tell any more who it was about.';
