-- add_handed_on --
-- A partner's message is handed on, and answered once it is judged
INSERT INTO handed_on (house, partner, message_id, case_id, reference, ids_as_sent)
VALUES (%(house)s, %(partner)s, %(message_id)s, %(case_id)s, %(reference)s, %(ids_as_sent)s)

-- handed_on --
-- What was handed on, and what is wrong with it if that is known
SELECT case_id, reference, ids_as_sent, problems FROM handed_on
WHERE house = %(house)s AND partner = %(partner)s AND message_id = %(message_id)s

-- judge --
-- It is judged
UPDATE handed_on SET problems = %(problems)s
WHERE house = %(house)s AND partner = %(partner)s AND message_id = %(message_id)s
