-- set_openings --
-- Purposes that are open from now on, or have another last day, as far as no later event told it; in one order, so that two
-- batches can't deadlock
INSERT INTO openings (house, case_id, purpose, opened_by, last_day, at_table, told_by)
SELECT DISTINCT ON (opened_by, purpose) house, case_id, purpose, opened_by, last_day, at_table, told_by
FROM unnest(%(house)b::text[], %(case_id)b::uuid[], %(purpose)b::text[], %(opened_by)b::uuid[], %(last_day)b::date[],
            %(at_table)b::boolean[], %(told_by)b::uuid[])
     WITH ORDINALITY AS opening (house, case_id, purpose, opened_by, last_day, at_table, told_by, position)
ORDER BY opened_by, purpose, told_by DESC, position DESC
ON CONFLICT (opened_by, purpose) DO UPDATE
SET last_day = EXCLUDED.last_day, told_by = coalesce(EXCLUDED.told_by, openings.told_by)
WHERE (openings.told_by > EXCLUDED.told_by) IS NOT TRUE

-- end_opening --
-- A purpose that one thing opened, and that is open until further notice, has a last day
UPDATE openings SET last_day = %(last_day)s WHERE opened_by = %(opened_by)s AND purpose = %(purpose)s AND last_day IS NULL

-- open_cases --
-- The cases for which a purpose is open, for this record or another one of the same person; also those whose openings are not
-- known, because the subject was known before they were kept
SELECT case_id FROM subjects
WHERE house = %(house)s AND case_id = ANY(%(case_ids)b)
  AND (NOT openings_kept
       OR EXISTS (SELECT FROM openings
                  WHERE openings.case_id = ANY(ARRAY(SELECT id FROM same_person(ARRAY[subjects.case_id]))) AND purpose = %(purpose)s
                    AND (last_day IS NULL OR last_day >= %(today)s)))

-- set_case_holders --
-- Who holds cases at tables by plans that were agreed or withdrawn, as far as no later event told it
INSERT INTO case_holders (action_plan_id, table_case_id, partner, told_by)
SELECT DISTINCT ON (action_plan_id) action_plan_id, table_case_id, partner, told_by
FROM unnest(%(action_plan_id)s::uuid[], %(table_case_id)s::uuid[], %(partner)s::text[], %(told_by)s::uuid[])
     AS held (action_plan_id, table_case_id, partner, told_by)
ORDER BY action_plan_id, told_by DESC
ON CONFLICT (action_plan_id) DO UPDATE SET partner = EXCLUDED.partner, told_by = EXCLUDED.told_by
WHERE case_holders.told_by < EXCLUDED.told_by

-- held_cases --
-- The cases that a partner holds, for this record or another one of the same person, while those at the table may see them
SELECT case_id FROM subjects
WHERE house = %(house)s AND case_id = ANY(%(case_ids)b)
  AND EXISTS (SELECT FROM openings
              WHERE openings.case_id = ANY(ARRAY(SELECT id FROM same_person(ARRAY[subjects.case_id])))
                AND at_table AND (last_day IS NULL OR last_day >= %(today)s)
                AND (SELECT partner FROM case_holders WHERE table_case_id = opened_by AND partner IS NOT NULL
                     ORDER BY told_by DESC LIMIT 1) = %(partner)s)
