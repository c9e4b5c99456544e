-- When subjects whom the house knows were on a partner's list of suspects last.

CREATE TABLE listed_suspects (
    subject_id  uuid PRIMARY KEY REFERENCES subjects ON DELETE CASCADE,
    listed_on   date NOT NULL
);
COMMENT ON TABLE listed_suspects IS 'Nothing is kept of people on a list whom the house does not know.';
