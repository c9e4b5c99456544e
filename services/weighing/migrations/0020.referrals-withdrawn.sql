-- Referrals that their sender withdrew: they come on no agenda.

ALTER TABLE referrals ADD COLUMN withdrawn_on date;
