-- A referral that waits until a person has decided whom it is about can be withdrawn by its sender.

ALTER TABLE set_aside DROP CONSTRAINT set_aside_decision_check;
ALTER TABLE set_aside ADD CONSTRAINT set_aside_decision_check CHECK (decision IN ('same', 'other', 'withdrawn')) NOT VALID;
