-- Open referrals that the theme's role sealed, and sealed ones that it opened.

CREATE TABLE sealings (
    referral_id       uuid PRIMARY KEY REFERENCES referrals ON DELETE CASCADE,
    house             text NOT NULL,
    theme             text,
    open_case_id      uuid,
    sealed_by         text,
    sealed_at         timestamptz,
    because_text      uuid,
    unsealed_by       text,
    unsealed_at       timestamptz,
    unsealed_because  uuid,
    became            uuid REFERENCES referrals
);
COMMENT ON TABLE sealings IS 'A referral that came in sealed has a row once it is unsealed. What it says is seen by the theme''s role alone.';
COMMENT ON COLUMN sealings.open_case_id IS 'The case that the referral was of while it was open: its sender goes on hearing of that one.';
COMMENT ON COLUMN sealings.because_text IS 'A sealed text, as is unsealed_because.';
COMMENT ON COLUMN sealings.became IS 'The referral that was registered when this one was unsealed.';

ALTER TABLE information_requests ADD COLUMN text_ids uuid[];
COMMENT ON COLUMN information_requests.text_ids IS 'The sealed texts of the answers; NULL for those from before this was kept.';
