-- Whom intake forgot before it told the other services, which still hold the keys of what they wrote about these people.

CREATE TABLE forgotten_earlier (
    subject_id  uuid PRIMARY KEY REFERENCES subjects ON DELETE CASCADE,
    noted_at    timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE forgotten_earlier IS 'Subjects of whom the other services must still hear that they were forgotten; rows go as it is told.';

INSERT INTO forgotten_earlier (subject_id)
SELECT subject_id FROM subjects
WHERE data_key = '' AND NOT sealed_only
  AND NOT EXISTS (SELECT FROM sealings JOIN referrals USING (referral_id) JOIN subjects AS hidden ON hidden.subject_id = referrals.subject_id
                  WHERE open_case_id = subjects.case_id AND hidden.data_key <> '');
