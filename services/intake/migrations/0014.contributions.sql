-- Texts are disclosed as names are: the log says which of the two somebody was told.

ALTER TABLE disclosures ADD COLUMN contribution_id uuid;
COMMENT ON TABLE disclosures IS 'Who was told who a subject is, or what was written about it, what for and when: rows are only ever added.';
COMMENT ON COLUMN disclosures.contribution_id IS 'The text that was told; NULL: who the subject is.';
COMMENT ON COLUMN referrals.particulars IS 'Sealed with the data key of the subject. The text of an open referral stands in sealed_texts under the referral''s id; in rows of before, and of sealed themes, it stands here.';
