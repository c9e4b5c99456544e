-- Who the subjects are (sealed), what was referred about them, and who was told.

CREATE TABLE subjects (
    subject_id     uuid PRIMARY KEY,
    case_id        uuid NOT NULL UNIQUE,
    house          text NOT NULL,
    kind           text NOT NULL CHECK (kind IN ('person', 'family')),
    data_key       bytea NOT NULL,
    details        bytea NOT NULL,
    registered_at  timestamptz NOT NULL
);
COMMENT ON TABLE subjects IS 'A person or family as one house knows it. details is sealed with data_key, which the master key wraps.';

CREATE TABLE traits (
    house        text NOT NULL,
    kind         text NOT NULL CHECK (kind IN ('bsn', 'name')),
    blind_index  bytea NOT NULL,
    subject_id   uuid NOT NULL REFERENCES subjects ON DELETE CASCADE,
    PRIMARY KEY (house, blind_index, subject_id)
);
CREATE UNIQUE INDEX one_subject_per_bsn ON traits (house, blind_index) WHERE kind = 'bsn';
CREATE UNIQUE INDEX one_bsn_per_subject ON traits (subject_id) WHERE kind = 'bsn';
COMMENT ON TABLE traits IS 'By what subjects are recognised: keyed hashes of a BSN, or of a name with its birth date.';

CREATE TABLE referrals (
    referral_id    uuid PRIMARY KEY,
    subject_id     uuid NOT NULL REFERENCES subjects,
    house          text NOT NULL,
    kind           text NOT NULL CHECK (kind IN ('arrest_notice', 'detention_notice', 'current_referral')),
    referrer       text NOT NULL,
    message_id     uuid,
    received_on    date NOT NULL,
    municipality   text NOT NULL,
    sub_region     text NOT NULL,
    sex            text NOT NULL,
    age_class      text NOT NULL,
    sealed         boolean NOT NULL,
    weighed        boolean NOT NULL,
    particulars    bytea NOT NULL,
    UNIQUE (house, referrer, message_id)
);
CREATE INDEX referrals_by_subject ON referrals (subject_id);
COMMENT ON TABLE referrals IS 'What was brought to the house. particulars is sealed with the data key of the subject.';
COMMENT ON COLUMN referrals.sealed IS 'Of a sealed theme: no event, no figure, not shown.';
COMMENT ON COLUMN referrals.weighed IS 'Whether it was announced to be weighed.';

CREATE TABLE information_requests (
    request_id   uuid PRIMARY KEY,
    house        text NOT NULL,
    referral_id  uuid NOT NULL REFERENCES referrals,
    partner      text NOT NULL,
    answer_by    date NOT NULL,
    answered_on  date
);
COMMENT ON TABLE information_requests IS 'What a partner was asked: only that partner may answer, once.';

CREATE TABLE disclosures (
    position        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    house           text NOT NULL,
    subject_id      uuid NOT NULL,
    disclosed_to    text NOT NULL,
    purpose         text NOT NULL,
    correlation_id  uuid NOT NULL,
    disclosed_at    timestamptz NOT NULL
);
CREATE INDEX disclosures_by_subject ON disclosures (subject_id, position);
COMMENT ON TABLE disclosures IS 'Who was told who a subject is, what for and when: rows are only ever added.';
