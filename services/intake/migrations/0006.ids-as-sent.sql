-- Partners get the id of their message back to the letter, also once a report is judged.

ALTER TABLE handed_on ADD COLUMN ids_as_sent bytea;
COMMENT ON COLUMN handed_on.ids_as_sent IS 'The id and correlation id of the message as the partner wrote them, sealed; null for messages of before.';

ALTER TABLE set_aside ADD COLUMN ids_as_sent bytea;
COMMENT ON COLUMN set_aside.ids_as_sent IS 'The same, of a referral that waits for a person; null by phone or mail, and once it is decided.';
