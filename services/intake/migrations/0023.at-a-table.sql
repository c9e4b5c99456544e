-- Which openings are those of a table case: who is referred again while one runs is no ordinary referral.

ALTER TABLE openings ADD COLUMN at_table boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN openings.at_table IS 'Opened by a table case, and not by a referral, a detention or an assignment.';
UPDATE openings SET at_table = true
WHERE purpose <> 'briefing' AND last_day IS NULL
  AND opened_by NOT IN (SELECT detention_id FROM referrals WHERE detention_id IS NOT NULL)
  AND opened_by NOT IN (SELECT assignment_id FROM assignments);
