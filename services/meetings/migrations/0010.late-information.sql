-- What partners tell after the weighing team has decided reaches the holder of the case.

CREATE TABLE late_information (
    information_id  uuid PRIMARY KEY,
    house           text NOT NULL,
    table_case_id   uuid NOT NULL REFERENCES table_cases,
    referral_id     uuid NOT NULL,
    partner         text NOT NULL,
    told_on         date NOT NULL,
    seen_on         date,
    seen_by         text,
    CHECK ((seen_on IS NULL) = (seen_by IS NULL))
);
CREATE INDEX late_information_by_table_case ON late_information (table_case_id);
CREATE INDEX late_information_unseen ON late_information (house, told_on, information_id) WHERE seen_on IS NULL;
COMMENT ON TABLE late_information IS 'That a partner told something of somebody at a table after the decision; what it told is at intake.';
