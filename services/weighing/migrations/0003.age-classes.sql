-- Whom a table takes may depend on the age class; referrals from before this column have none.

ALTER TABLE referrals ADD COLUMN age_class text;
