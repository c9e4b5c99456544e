-- detentions --
-- A page of a house's detentions, longest ago first, each with its release date, the standing plan's date or the standing refusal's,
-- the earlier detention of the same person that was over so many years before at most, and the aftercare table's case of
-- the same person: the running one, or else the last that did not end before the detention
SELECT detention_id, house, case_id, subject_id, referral_id, municipality, institution, detained_on, own_aftercare,
       registered_on, withdrawn_on, withdrawal, release_on, source, changed_on, made_on AS plan_made_on, refused_on, follows_detention_id,
       same_stay_as(detentions), table_case_id, opened_on, closed_on
FROM detentions
CROSS JOIN LATERAL (SELECT array_agg(id) AS case_ids FROM same_person(ARRAY[detentions.case_id])) AS person
LEFT JOIN LATERAL counting_release_date(detention_id) AS release ON true
LEFT JOIN LATERAL (
    SELECT made_on FROM plans WHERE plans.detention_id = detentions.detention_id AND plans.withdrawn_at IS NULL
    ORDER BY version DESC LIMIT 1) AS plan ON true
LEFT JOIN LATERAL (
    SELECT max(refusals.refused_on) AS refused_on FROM refusals
    WHERE refusals.detention_id = detentions.detention_id AND refusals.withdrawn_at IS NULL
      AND (made_on IS NULL OR refusals.refused_on > made_on)
) AS refusal ON true
LEFT JOIN LATERAL (
    SELECT earlier.detention_id AS follows_detention_id
    FROM detentions AS earlier
    CROSS JOIN LATERAL counting_release_date(earlier.detention_id) AS known (released_on)
    WHERE earlier.house = detentions.house AND earlier.case_id = ANY(case_ids)
      AND earlier.detained_on < detentions.detained_on AND earlier.withdrawn_on IS NULL
      AND detentions.detained_on BETWEEN released_on AND released_on + make_interval(years => %(recurrence_years)s)
    ORDER BY released_on DESC, earlier.detention_id LIMIT 1) AS recurrence ON true
LEFT JOIN LATERAL (
    SELECT table_case_id, opened_on, closed_on FROM table_cases
    WHERE table_cases.house = detentions.house AND table_cases.case_id = ANY(case_ids)
      AND (closed_on IS NULL OR closed_on >= detained_on)
      AND (opened_on IS NOT NULL OR opening_told_by IS NULL)  -- not withdrawn
    ORDER BY closed_on DESC NULLS FIRST, opened_on DESC LIMIT 1) AS table_case ON true
WHERE house = %(house)s
  AND (%(detention_id)s::uuid IS NULL OR detention_id = %(detention_id)s)
  AND (%(case_id)s::uuid IS NULL OR case_id = ANY(ARRAY(SELECT id FROM same_person(ARRAY[%(case_id)s::uuid]))))
  AND (%(release_before)s::date IS NULL OR (release_on < %(release_before)s AND withdrawn_on IS NULL))
  AND (NOT %(without_plan)s OR (coalesce(made_on, refused_on) IS NULL AND NOT own_aftercare AND withdrawn_on IS NULL
                               AND same_stay_as(detentions) IS NULL))
  AND (NOT %(recurrent)s OR follows_detention_id IS NOT NULL)
  AND (%(after)s::uuid IS NULL OR (detained_on, detention_id) > (
        SELECT earlier.detained_on, earlier.detention_id FROM detentions AS earlier WHERE earlier.detention_id = %(after)s))
ORDER BY detained_on, detention_id
LIMIT %(limit)s
