-- What the sender of a referral says besides its text, as codes.

CREATE TABLE stated (
    referral_id  uuid PRIMARY KEY REFERENCES referrals,
    urgent       boolean NOT NULL,
    consent      text
);
COMMENT ON TABLE stated IS 'What was told with a referral; no row if nothing was. Urgent counts at the first briefing, unless somebody notes otherwise.';
COMMENT ON COLUMN stated.consent IS 'Whether the person whom it is about agrees: yes or no; NULL if nobody knows.';
