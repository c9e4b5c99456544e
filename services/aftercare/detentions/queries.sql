-- add_detention --
-- Detentions of which a notice came
INSERT INTO detentions (detention_id, house, case_id, subject_id, referral_id, municipality, institution, detained_on,
                        own_aftercare, registered_on)
SELECT * FROM unnest(%(detention_id)b::uuid[], %(house)b::text[], %(case_id)b::uuid[], %(subject_id)b::uuid[],
                     %(referral_id)b::uuid[], %(municipality)b::text[], %(institution)b::text[], %(detained_on)b::date[],
                     %(own_aftercare)b::boolean[], %(registered_on)b::date[])

-- add_notice --
-- Notices as they were told, in this order
INSERT INTO notices (notice_id, house, detention_id, municipality, institution, own_aftercare, detained_on,
                     expected_release_on, told_at)
SELECT notice_id, house, detention_id, municipality, institution, own_aftercare, detained_on, expected_release_on, told_at
FROM unnest(%(notice_id)b::uuid[], %(house)b::text[], %(detention_id)b::uuid[], %(municipality)b::text[],
            %(institution)b::text[], %(own_aftercare)b::boolean[], %(detained_on)b::date[],
            %(expected_release_on)b::date[], %(told_at)b::timestamptz[])
     WITH ORDINALITY AS told (notice_id, house, detention_id, municipality, institution, own_aftercare, detained_on,
                              expected_release_on, told_at, place)
ORDER BY place

-- add_release_date --
-- Release dates as they were told
INSERT INTO release_dates (house, detention_id, release_on, source, changed_on, told_at, statement_id, recorded_by)
SELECT * FROM unnest(%(house)b::text[], %(detention_id)b::uuid[], %(release_on)b::date[], %(source)b::text[],
                     %(changed_on)b::date[], %(told_at)b::timestamptz[], %(statement_id)b::uuid[],
                     %(recorded_by)b::text[])

-- change_detention --
-- A detention as its notices tell of it
UPDATE detentions
SET municipality = %(municipality)s, institution = %(institution)s, detained_on = %(detained_on)s,
    own_aftercare = %(own_aftercare)s
WHERE detention_id = %(detention_id)s

-- withdraw_detention --
-- Nothing is done for a detention any more
UPDATE detentions
SET withdrawn_on = %(withdrawn_on)s, withdrawal = %(withdrawal)s, withdrawn_because = %(because)s, withdrawn_by = %(by)s,
    withdrawn_at = now()
WHERE detention_id = %(detention_id)s

-- add_withdrawal --
-- Who withdrew a detention, from which day and why
INSERT INTO detention_withdrawals (detention_id, taken_on, reason, because, recorded_by)
VALUES (%(detention_id)s, %(withdrawn_on)s, %(withdrawal)s, %(because)s, %(by)s)

-- restore_detention --
-- A detention that was withdrawn by a slip
UPDATE detentions
SET withdrawn_on = NULL, withdrawal = NULL, withdrawn_because = NULL, withdrawn_by = NULL, withdrawn_at = NULL
WHERE detention_id = %(detention_id)s

-- withdraw_withdrawal --
-- A withdrawal was a slip
UPDATE detention_withdrawals SET withdrawn_at = now(), withdrawn_by = %(by)s, withdrawn_because = %(because)s
WHERE detention_id = %(detention_id)s AND withdrawn_at IS NULL

-- withdrawals --
-- Each withdrawal of a detention, a slip or not, in the order in which they were recorded
SELECT taken_on, reason, because, recorded_by, recorded_at, withdrawn_by, withdrawn_at, withdrawn_because
FROM detention_withdrawals WHERE detention_id = %(detention_id)s ORDER BY position

-- withdraw_notice --
-- A notice is of another stay
UPDATE notices SET withdrawn_at = now(), withdrawn_by = %(by)s, withdrawn_because = %(because)s
WHERE detention_id = %(detention_id)s AND notice_id = %(notice_id)s AND withdrawn_at IS NULL

-- lock_detention --
-- Hold back whoever else would change a detention, until the transaction ends. By itself: a statement that waits for a
-- lock goes on with what it had read of other tables before
SELECT detention_id FROM detentions WHERE house = %(house)s AND detention_id = %(detention_id)s FOR UPDATE

-- detention --
-- One of a house's detentions with the release date that counts
SELECT detention_id, house, case_id, subject_id, referral_id, municipality, institution, detained_on, own_aftercare,
       registered_on, withdrawn_on, withdrawal, release_on, source, changed_on
FROM detentions
LEFT JOIN LATERAL counting_release_date(detention_id) AS release ON true
WHERE house = %(house)s AND detention_id = %(detention_id)s

-- detentions_of_cases --
-- All detentions of some cases but for those that are withdrawn, each with the release date that counts, the last first
SELECT detention_id, house, case_id, subject_id, referral_id, municipality, institution, detained_on, own_aftercare,
       registered_on, withdrawn_on, withdrawal, release_on, source, changed_on
FROM detentions
LEFT JOIN LATERAL counting_release_date(detention_id) AS release ON true
WHERE case_id = ANY(%(case_ids)s) AND withdrawn_on IS NULL
ORDER BY detained_on DESC, detention_id

-- detained_now --
-- Of some cases of a house the detentions of the person that run now; one that another house sees to runs too
SELECT asked.case_id, detained_on, registered_on
FROM unnest(%(case_ids)b::uuid[]) AS asked (case_id)
CROSS JOIN LATERAL (
    SELECT detained_on, registered_on FROM detentions
    LEFT JOIN LATERAL counting_release_date(detention_id) AS release ON true
    WHERE house = %(house)s AND detentions.case_id = ANY(ARRAY(SELECT id FROM same_person(ARRAY[asked.case_id])))
      AND (withdrawn_on IS NULL OR withdrawal = 'other_house') AND (release_on IS NULL OR release_on >= %(today)s)) AS running
ORDER BY asked.case_id, detained_on

-- detention_begun --
-- The detention of the person of a case of which a notice says that it began on a day; of two, the one of this case, or else that
-- was registered last
SELECT notices.detention_id
FROM detentions JOIN notices USING (detention_id)
WHERE detentions.house = %(house)s AND case_id = ANY(ARRAY(SELECT id FROM same_person(ARRAY[%(case_id)s::uuid])))
  AND notices.detained_on = %(detained_on)s
  AND notices.withdrawn_at IS NULL
ORDER BY detentions.withdrawn_on DESC NULLS FIRST, case_id <> %(case_id)s, registered_on DESC, detention_id
LIMIT 1

-- detention_of_notice --
-- The detention that a notice is of
SELECT detention_id FROM notices
WHERE house = %(house)s AND notice_id = %(notice_id)s AND withdrawn_at IS NULL
ORDER BY position DESC LIMIT 1

-- notices --
-- Each notice of a detention, separated from it or not, or the last of them, in the order in which they came
SELECT notice_id, municipality, institution, own_aftercare, detained_on, expected_release_on, told_at,
       recorded_at, withdrawn_by, withdrawn_at, withdrawn_because
FROM (SELECT * FROM notices WHERE detention_id = %(detention_id)s ORDER BY position DESC LIMIT %(limit)s) AS last
ORDER BY position

-- release_dates --
-- The release dates of a detention, or those told last, the one told last at the end, which counts; see counting_release_date
SELECT release_on, source, changed_on, told_at, statement_id, recorded_by, recorded_at
FROM (SELECT * FROM release_dates WHERE detention_id = %(detention_id)s
      ORDER BY told_at DESC, statement_id DESC NULLS LAST, position DESC LIMIT %(limit)s) AS last
ORDER BY told_at, statement_id NULLS FIRST, position
