-- detentions_beside_outflows --
-- A house's detentions that began before a year was over and, as far as is known, did not end before it, and all of the people
-- in these cases; each with the release date that counts; not those of mistaken notices
SELECT detention_id, house, case_id, subject_id, referral_id, municipality, institution, detained_on, own_aftercare,
       registered_on, withdrawn_on, withdrawal, release_on, source, changed_on
FROM detentions
LEFT JOIN LATERAL counting_release_date(detention_id) AS release ON true
WHERE house = %(house)s AND withdrawal IS DISTINCT FROM 'mistake'
  AND (case_id = ANY(%(case_ids)s)
       OR (detained_on < make_date(%(list_year)s + 1, 1, 1)
           AND (release_on IS NULL OR release_on >= make_date(%(list_year)s, 1, 1))))
