-- What is told again, and what waits until a person has decided whom it is about.

ALTER TABLE referrals
    ADD COLUMN stated_at timestamptz,
    ADD COLUMN told bytea,
    ADD COLUMN detention_id uuid;
COMMENT ON COLUMN referrals.stated_at IS 'The time of the partner''s message, or of the call; null for rows of before.';
COMMENT ON COLUMN referrals.told IS 'Keyed hash of what stays the same when a partner tells the same thing again; null by phone or mail.';
COMMENT ON COLUMN referrals.detention_id IS 'Of a detention notice: the detention that was announced.';
CREATE INDEX referrals_by_told ON referrals (house, told) WHERE told IS NOT NULL;

CREATE TABLE told_again (
    house        text NOT NULL,
    referrer     text NOT NULL,
    message_id   uuid NOT NULL,
    referral_id  uuid NOT NULL REFERENCES referrals ON DELETE CASCADE,
    stated_at    timestamptz NOT NULL,
    particulars  bytea NOT NULL,
    told_at      timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (house, referrer, message_id)
);
CREATE INDEX told_again_by_referral ON told_again (referral_id, stated_at);
COMMENT ON TABLE told_again IS 'Messages that told a referral again: answered with the id of the referral, and not weighed again.';
COMMENT ON COLUMN told_again.particulars IS 'Sealed with the data key of the subject.';

CREATE TABLE set_aside (
    referral_id     uuid PRIMARY KEY,
    house           text NOT NULL,
    kind            text NOT NULL,
    referrer        text NOT NULL,
    message_id      uuid,
    stated_at       timestamptz NOT NULL,
    received_on     date NOT NULL,
    case_id         uuid NOT NULL,
    told            bytea NOT NULL,
    conflicts_with  uuid[] NOT NULL,
    body            bytea NOT NULL,
    set_aside_at    timestamptz NOT NULL,
    decision        text CHECK (decision IN ('same', 'other')),
    subject_id      uuid,
    decided_by      text,
    decided_at      timestamptz,
    because         bytea,
    UNIQUE (house, referrer, message_id)
);
CREATE INDEX set_aside_by_told ON set_aside (house, told);
CREATE INDEX set_aside_and_waiting ON set_aside (house, set_aside_at) WHERE decision IS NULL;
COMMENT ON TABLE set_aside IS 'Referrals whose number belongs to somebody whom their description contradicts: a person decides.';
COMMENT ON COLUMN set_aside.case_id IS 'The case in the receipt: it does not tell the partner whether a number is known here.';
COMMENT ON COLUMN set_aside.conflicts_with IS 'The subjects that have the number.';
COMMENT ON COLUMN set_aside.body IS 'The whole message, sealed; empty once it is decided.';
COMMENT ON COLUMN set_aside.because IS 'Why it was decided so, sealed.';
