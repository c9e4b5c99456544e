-- add_advice --
-- A partner is told that there is an advice
INSERT INTO sent_advices (advice_id, partner, house, case_id) VALUES (%(advice_id)s, %(partner)s, %(house)s, %(case_id)s)
ON CONFLICT DO NOTHING

-- newest --
-- The last advice on a person that a partner was sent
SELECT advice_id FROM sent_advices
WHERE house = %(house)s AND partner = %(partner)s
  AND case_id = ANY(ARRAY(SELECT id FROM same_person(ARRAY[%(case_id)s::uuid])))
ORDER BY sent_at DESC LIMIT 1
