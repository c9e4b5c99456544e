-- At which tabling of its referral a decision did what it did: a decision that is taken back leaves what another one did.

ALTER TABLE table_case_referrals ADD COLUMN tabling integer;
ALTER TABLE repeats ADD COLUMN tabling integer;
ALTER TABLE clients_at_table ADD COLUMN tabling integer;
ALTER TABLE decisions_on_merged_records ADD COLUMN tabling integer;
COMMENT ON COLUMN table_case_referrals.tabling IS 'The first at which the referral brought the case here; null from before: the only one.';
COMMENT ON COLUMN repeats.tabling IS 'Null from before: the only one.';
COMMENT ON COLUMN clients_at_table.tabling IS 'Null from before: the only one.';
COMMENT ON COLUMN decisions_on_merged_records.tabling IS 'Null from before: the only one.';
