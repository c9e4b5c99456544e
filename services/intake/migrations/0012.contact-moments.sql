-- What reaches the house by phone, by mail or in person.

CREATE TABLE contact_moments (
    contact_moment_id  uuid PRIMARY KEY,
    house              text NOT NULL,
    data_key           bytea NOT NULL,
    version            integer NOT NULL,
    state              text NOT NULL CHECK (state IN ('received', 'sorted', 'duplicate', 'withdrawn')),
    sorted_as          text,
    destination        text,
    referral_id        uuid,
    duplicate_of       uuid,
    told_on            date NOT NULL,
    told               bytea NOT NULL,
    recorded_by        text NOT NULL,
    recorded_at        timestamptz NOT NULL
);
CREATE INDEX contact_moments_by_day ON contact_moments (house, told_on);
CREATE INDEX contact_moments_by_referral ON contact_moments (referral_id);
COMMENT ON TABLE contact_moments IS 'told is sealed with the data key of the contact moment, which MASTER_KEY wraps.';

CREATE TABLE contact_moments_before (
    contact_moment_id  uuid NOT NULL REFERENCES contact_moments,
    version            integer NOT NULL,
    state              text NOT NULL,
    sorted_as          text,
    told               bytea NOT NULL,
    changed_by         text NOT NULL,
    changed_at         timestamptz NOT NULL,
    because            bytea,
    PRIMARY KEY (contact_moment_id, version)
);
COMMENT ON TABLE contact_moments_before IS 'How contact moments were until somebody changed them, sealed with the same key.';
