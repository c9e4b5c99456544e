-- What is announced for a sealed matter, and what of it waits for another attempt, is in no figure.

ALTER TABLE outbox ADD COLUMN sealed boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN outbox.sealed IS 'Announced while a message on a sealed matter was taken, as its receipt: in no figure.';
ALTER TABLE postponed ADD COLUMN sealed boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN postponed.sealed IS 'A message on a sealed matter: in no figure.';
