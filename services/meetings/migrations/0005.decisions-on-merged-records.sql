-- What was decided on somebody with several records: taken up again when the records are separated.

CREATE TABLE decisions_on_merged_records (
    referral_id   uuid PRIMARY KEY,
    house         text NOT NULL,
    case_id       uuid NOT NULL,
    subject_id    uuid NOT NULL,
    municipality  text NOT NULL,
    sub_region    text NOT NULL,
    briefing_on   date NOT NULL,
    decision      text NOT NULL,
    opens_table   text
);
CREATE INDEX decisions_on_merged_records_by_subject ON decisions_on_merged_records (subject_id);
COMMENT ON TABLE decisions_on_merged_records IS
    'Decisions on people with several records, which may have found a table case of another record running. Empty for nearly all.';
