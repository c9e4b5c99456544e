-- What tables advise the prosecutor.

CREATE TABLE zsm_advices (
    advice_id      uuid PRIMARY KEY,
    house          text NOT NULL,
    table_case_id  uuid NOT NULL REFERENCES table_cases,
    written_on     date NOT NULL,
    written_by     text NOT NULL,
    sketch         text NOT NULL,
    measures       text NOT NULL,
    recorded_at    timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX zsm_advices_by_table_case ON zsm_advices (table_case_id, recorded_at);
COMMENT ON TABLE zsm_advices IS 'The newest on a table case counts. sketch and measures refer to sealed texts.';
