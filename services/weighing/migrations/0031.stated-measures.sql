-- Who is involved and which measures run, as the sender of a referral says.

ALTER TABLE stated
    ADD COLUMN organisations text[] NOT NULL DEFAULT '{}',
    ADD COLUMN measures jsonb NOT NULL DEFAULT '[]',
    ADD COLUMN contribution_ids uuid[] NOT NULL DEFAULT '{}';
COMMENT ON COLUMN stated.organisations IS 'Ids of partners, or kinds of organisation of the profile.';
COMMENT ON COLUMN stated.measures IS 'Of each measure its kind by the profile, and its first and last day as far as they are known.';
COMMENT ON COLUMN stated.contribution_ids IS 'Of texts at intake that came besides the concern.';
