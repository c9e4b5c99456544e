-- Who recorded a referral that came by phone or mail, and when.

CREATE TABLE recorded_by_hand (
    referral_id  uuid PRIMARY KEY,
    house        text NOT NULL,
    recorded_by  text NOT NULL,
    recorded_at  timestamptz NOT NULL DEFAULT now()
);
COMMENT ON COLUMN recorded_by_hand.referral_id IS 'Of a referral, or of one that waits until a person has decided whom it is about.';
