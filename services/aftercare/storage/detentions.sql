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

-- detention_to_change --
-- One of a house's detentions with the release date that counts, for who holds its lock
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

-- detentions --
-- A page of a house's detentions, longest ago first, each with its release date, the standing plan's date or the standing refusal's,
-- the earlier detention of the same case that was over so many years before at most, and the aftercare table's case of
-- the same subject: the running one, or else the last that did not end before the detention
SELECT detention_id, house, case_id, subject_id, referral_id, municipality, institution, detained_on, own_aftercare,
       registered_on, release_on, source, changed_on, made_on AS plan_made_on, refused_on, follows_detention_id,
       table_case_id, opened_on, closed_on
FROM detentions
LEFT JOIN LATERAL (
    SELECT release_on, source, changed_on FROM release_dates WHERE release_dates.detention_id = detentions.detention_id
    ORDER BY position DESC LIMIT 1) AS release ON true
LEFT JOIN LATERAL (
    SELECT made_on FROM plans WHERE plans.detention_id = detentions.detention_id AND replaced_on IS NULL) AS plan ON true
LEFT JOIN LATERAL (
    SELECT max(refusals.refused_on) AS refused_on FROM refusals
    WHERE refusals.detention_id = detentions.detention_id AND (made_on IS NULL OR refusals.refused_on > made_on)
) AS refusal ON true
LEFT JOIN LATERAL (
    SELECT earlier.detention_id AS follows_detention_id
    FROM detentions AS earlier
    CROSS JOIN LATERAL (
        SELECT release_dates.release_on AS released_on FROM release_dates
        WHERE release_dates.detention_id = earlier.detention_id
        ORDER BY position DESC LIMIT 1) AS known
    WHERE earlier.house = detentions.house AND earlier.case_id = detentions.case_id
      AND earlier.detained_on < detentions.detained_on
      AND detentions.detained_on BETWEEN released_on AND released_on + make_interval(years => %(recurrence_years)s)
    ORDER BY released_on DESC, earlier.detention_id LIMIT 1) AS recurrence ON true
LEFT JOIN LATERAL (
    SELECT table_case_id, opened_on, closed_on FROM table_cases
    WHERE table_cases.house = detentions.house AND table_cases.case_id = detentions.case_id
      AND (closed_on IS NULL OR closed_on >= detained_on)
    ORDER BY closed_on DESC NULLS FIRST, opened_on DESC LIMIT 1) AS table_case ON true
WHERE house = %(house)s
  AND (%(detention_id)s::uuid IS NULL OR detention_id = %(detention_id)s)
  AND (%(case_id)s::uuid IS NULL OR case_id = %(case_id)s)
  AND (%(release_before)s::date IS NULL OR release_on < %(release_before)s)
  AND (NOT %(without_plan)s OR (coalesce(made_on, refused_on) IS NULL AND NOT own_aftercare))
  AND (NOT %(recurrent)s OR follows_detention_id IS NOT NULL)
  AND (%(after)s::uuid IS NULL OR (detained_on, detention_id) > (
        SELECT earlier.detained_on, earlier.detention_id FROM detentions AS earlier WHERE earlier.detention_id = %(after)s))
ORDER BY detained_on, detention_id
LIMIT %(limit)s

-- release_dates --
-- Each release date of a detention, in the order in which they came
SELECT release_on, source, changed_on FROM release_dates WHERE detention_id = %(detention_id)s ORDER BY position

-- standing_plan --
-- The plan of a detention that is not replaced, a row a life domain
SELECT made_on, (SELECT count(*) FROM plans AS each WHERE each.detention_id = plans.detention_id) AS version,
       life_domain AS domain, bottleneck, need, agreement, owner, due_on, referred_to, accepted
FROM plans JOIN plan_domains USING (plan_id)
WHERE detention_id = %(detention_id)s AND replaced_on IS NULL
ORDER BY place

-- replace_plan --
-- The plan that stood makes room for the next
UPDATE plans SET replaced_on = %(made_on)s WHERE detention_id = %(detention_id)s AND replaced_on IS NULL

-- add_plan --
-- A plan that stands
INSERT INTO plans (plan_id, house, detention_id, made_on)
VALUES (%(plan_id)s, %(house)s, %(detention_id)s, %(made_on)s)

-- add_plan_domain --
-- What a plan says on one life domain
INSERT INTO plan_domains (plan_id, life_domain, place, bottleneck, need, agreement, owner, due_on, referred_to, accepted)
VALUES (%(plan_id)s, %(domain)s, %(place)s, %(bottleneck)s, %(need)s, %(agreement)s, %(owner)s, %(due_on)s,
        %(referred_to)s, %(accepted)s)

-- open_table_case --
-- Aftercare tables' cases were opened; that one was closed may be known already. Of one that is heard twice the last counts
INSERT INTO table_cases (table_case_id, house, case_id, opened_on)
SELECT DISTINCT ON (table_case_id) table_case_id, house, case_id, opened_on
FROM unnest(%(table_case_id)b::uuid[], %(house)b::text[], %(case_id)b::uuid[], %(opened_on)b::date[])
     WITH ORDINALITY AS heard (table_case_id, house, case_id, opened_on, place)
ORDER BY table_case_id, place DESC
ON CONFLICT (table_case_id) DO UPDATE SET opened_on = excluded.opened_on

-- close_table_case --
-- Aftercare tables' cases were closed, as above; that one was opened may be heard later
INSERT INTO table_cases (table_case_id, house, case_id, closed_on)
SELECT DISTINCT ON (table_case_id) table_case_id, house, case_id, closed_on
FROM unnest(%(table_case_id)b::uuid[], %(house)b::text[], %(case_id)b::uuid[], %(closed_on)b::date[])
     WITH ORDINALITY AS heard (table_case_id, house, case_id, closed_on, place)
ORDER BY table_case_id, place DESC
ON CONFLICT (table_case_id) DO UPDATE SET closed_on = excluded.closed_on
