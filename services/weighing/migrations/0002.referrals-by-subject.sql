-- No index begins with the house where the id that follows it says enough: while PostgreSQL had not counted a table that filled, it read
-- all referrals of a house to find some of them.

DROP INDEX referrals_by_subject;
CREATE INDEX referrals_by_subject ON referrals (subject_id);
