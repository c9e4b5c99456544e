-- Kinds of referral are codes of the profile, and some are weighed only once somebody says that they are worrying.

ALTER TABLE referrals DROP CONSTRAINT referrals_kind_check;

CREATE TABLE held_back (
    referral_id   uuid PRIMARY KEY REFERENCES referrals ON DELETE CASCADE,
    house         text NOT NULL,
    since         timestamptz NOT NULL,
    worrying      boolean,
    decided_by       text,
    decided_at       timestamptz,
    because_text  uuid
);
CREATE INDEX held_back_and_waiting ON held_back (house, since) WHERE worrying IS NULL;
COMMENT ON TABLE held_back IS 'Referrals that no briefing weighs until somebody says that they are worrying.';
COMMENT ON COLUMN held_back.worrying IS 'NULL until somebody has said so or not.';
COMMENT ON COLUMN held_back.because_text IS 'A sealed text of the case.';
