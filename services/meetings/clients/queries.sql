-- keep --
-- Whether the client joins the meeting, as it was told last of a tabling
INSERT INTO weighed_clients (referral_id, house, weighed_on, tabling, wanted, contra_indications, case_holder_consulted)
VALUES (%(referral_id)s, %(house)s, %(weighed_on)s, %(tabling)s, %(wanted)s, %(contra_indications)s, %(case_holder_consulted)s)
ON CONFLICT (referral_id, tabling) DO UPDATE
SET weighed_on = excluded.weighed_on, wanted = excluded.wanted, contra_indications = excluded.contra_indications,
    case_holder_consulted = excluded.case_holder_consulted

-- forget --
-- The decision at a tabling of a referral was wrong
DELETE FROM weighed_clients
WHERE house = %(house)s AND referral_id = %(referral_id)s AND tabling IN (0, %(tabling)s)

-- client --
-- Whether the client joins the meeting, by the last decision that brought a case to its table and says so
SELECT weighed_on, wanted, contra_indications, case_holder_consulted
FROM table_case_referrals JOIN weighed_clients USING (referral_id)
WHERE table_case_id = %(table_case_id)s AND withdrawn_on IS NULL
ORDER BY weighed_on DESC, weighed_clients.tabling DESC, referral_id
LIMIT 1
