-- What meetings takes back may be heard before what it takes back: of two events about one thing the greater id counts.

ALTER TABLE table_cases ADD COLUMN opening_told_by uuid, ADD COLUMN closing_told_by uuid;
COMMENT ON COLUMN table_cases.opened_on IS 'Null with opening_told_by: the case never came to the table. Null without it: that it was opened is not heard yet.';
COMMENT ON COLUMN table_cases.opening_told_by IS 'The event that told it, of those about the opening the one with the greatest id; null in rows of before.';

-- What stands changes with each step, and is never deleted.
CREATE TRIGGER never_deleted BEFORE DELETE ON detentions FOR EACH ROW EXECUTE FUNCTION stay_as_recorded();
CREATE TRIGGER never_deleted BEFORE DELETE ON conversations FOR EACH ROW EXECUTE FUNCTION stay_as_recorded();
CREATE TRIGGER never_deleted BEFORE DELETE ON trajectories FOR EACH ROW EXECUTE FUNCTION stay_as_recorded();
CREATE TRIGGER never_deleted BEFORE DELETE ON stays FOR EACH ROW EXECUTE FUNCTION stay_as_recorded();
