-- Referrals that their sender withdrew.

CREATE TABLE referrals_withdrawn (
    referral_id   uuid PRIMARY KEY REFERENCES referrals ON DELETE CASCADE,
    house         text NOT NULL,
    withdrawn_by  text NOT NULL,
    withdrawn_on  date NOT NULL,
    because_text  uuid
);
COMMENT ON COLUMN referrals_withdrawn.withdrawn_by IS 'The partner, or the person who wrote down what the partner told.';
COMMENT ON COLUMN referrals_withdrawn.because_text IS 'A sealed text of the case.';
