-- add_detention --
-- Detentions of which a notice came
INSERT INTO detentions (detention_id, house, case_id, subject_id, referral_id, municipality, institution, detained_on,
                        own_aftercare, registered_on)
SELECT * FROM unnest(%(detention_id)b::uuid[], %(house)b::text[], %(case_id)b::uuid[], %(subject_id)b::uuid[],
                     %(referral_id)b::uuid[], %(municipality)b::text[], %(institution)b::text[], %(detained_on)b::date[],
                     %(own_aftercare)b::boolean[], %(registered_on)b::date[])

-- add_release_date --
-- Release dates that count from now on, in this order
INSERT INTO release_dates (house, detention_id, release_on, source, changed_on)
SELECT house, detention_id, release_on, source, changed_on
FROM unnest(%(house)b::text[], %(detention_id)b::uuid[], %(release_on)b::date[], %(source)b::text[], %(changed_on)b::date[])
     WITH ORDINALITY AS given (house, detention_id, release_on, source, changed_on, place)
ORDER BY place

-- lock_detention --
-- Hold back whoever else would change a detention, until the transaction ends. By itself: a statement that waits for a
-- lock goes on with what it had read of other tables before
SELECT detention_id FROM detentions WHERE house = %(house)s AND detention_id = %(detention_id)s FOR UPDATE

-- detention --
-- One of a house's detentions with the release date that counts
SELECT detention_id, house, case_id, subject_id, referral_id, municipality, institution, detained_on, own_aftercare,
       registered_on, release_on, source, changed_on
FROM detentions
LEFT JOIN LATERAL (
    SELECT release_on, source, changed_on FROM release_dates WHERE release_dates.detention_id = detentions.detention_id
    ORDER BY position DESC LIMIT 1) AS release ON true
WHERE house = %(house)s AND detention_id = %(detention_id)s

-- detention_begun --
-- The detention of a case that began on a day; of two, the one that was registered last
SELECT detention_id FROM detentions
WHERE house = %(house)s AND case_id = %(case_id)s AND detained_on = %(detained_on)s
ORDER BY registered_on DESC, detention_id
LIMIT 1

-- release_dates --
-- Each release date of a detention, in the order in which they came
SELECT release_on, source, changed_on FROM release_dates WHERE detention_id = %(detention_id)s ORDER BY position
