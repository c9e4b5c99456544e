-- A year of a house is read from indexes, however many years and houses are stored.

DROP INDEX tabling_by_briefing;
CREATE INDEX tabling_by_briefing ON tabling (house, briefing_on)
INCLUDE (referral_id, tabling, subject_id, referrer, municipality, decision, reason);
COMMENT ON INDEX tabling_by_briefing IS 'Holds all that reports need of a tabling: most figures are read from it alone.';

ALTER TABLE referral
DROP CONSTRAINT referral_pkey,
ADD PRIMARY KEY (house, referral_id) INCLUDE (received_on, sex, age_class);
COMMENT ON INDEX referral_pkey IS 'Ids are random: with the house before them, those of one house stand near each other.';

DROP INDEX table_case_by_opening;
CREATE INDEX table_case_by_closing ON table_case (house, coalesce(closed_on, 'infinity'), opened_on);
COMMENT ON INDEX table_case_by_closing IS 'Passes over what was closed before the year that is asked for.';
