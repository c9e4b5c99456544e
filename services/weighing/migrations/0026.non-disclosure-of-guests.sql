-- Guests sign non-disclosure before the briefing.

ALTER TABLE briefing_seats ADD COLUMN non_disclosure_on date;
COMMENT ON COLUMN briefing_seats.non_disclosure_on IS 'The day on which a guest signed that what is said stays there; NULL as long as it did not.';
