-- moments_due --
-- The moments of running table cases at which the case holder must be asked by today, longest due first. The version before
-- made new ones for each plan: of those with one code the one that is answered counts, or else the first. Of one case holder or all
SELECT moment_id, case_id, municipality, due_on
FROM table_cases
CROSS JOIN LATERAL (
    SELECT DISTINCT ON (code) moment_id, due_on, answered_on FROM monitoring_moments
    WHERE monitoring_moments.table_case_id = table_cases.table_case_id
    ORDER BY code, answered_on IS NULL, due_on, moment_id) AS counting
WHERE house = %(house)s AND closed_on IS NULL AND answered_on IS NULL AND due_on <= %(today)s
  AND (%(holder)s::text IS NULL OR %(holder)s = (
        SELECT case_holder FROM action_plans
        WHERE action_plans.table_case_id = table_cases.table_case_id AND replaced_on IS NULL))
ORDER BY due_on, moment_id
LIMIT %(limit)s

-- without_session --
-- The running table cases of which no session is planned or held, the oldest first
SELECT table_case_id, case_id, municipality, opened_on
FROM table_cases
WHERE house = %(house)s AND closed_on IS NULL
  AND NOT EXISTS (
        SELECT FROM session_cases JOIN sessions USING (session_id)
        WHERE session_cases.table_case_id = table_cases.table_case_id AND state <> 'cancelled')
ORDER BY opened_on, table_case_id
LIMIT %(limit)s

-- suspects --
-- The running table cases of people whose case runs at ZSM since some days and without an advice since, the oldest first. Of one case holder or all
SELECT DISTINCT ON (listed_on, table_case_id) table_case_id, table_cases.case_id, municipality, listed_on
FROM suspects
CROSS JOIN LATERAL (SELECT id FROM same_person(ARRAY[suspects.case_id])) AS record
JOIN table_cases ON table_cases.house = suspects.house AND table_cases.case_id = record.id AND closed_on IS NULL
WHERE suspects.house = %(house)s AND listed_on >= %(since)s
  AND NOT EXISTS (SELECT FROM zsm_advices
                  WHERE zsm_advices.table_case_id = table_cases.table_case_id AND written_on >= listed_on)
  AND (%(holder)s::text IS NULL OR %(holder)s = (
        SELECT case_holder FROM action_plans
        WHERE action_plans.table_case_id = table_cases.table_case_id AND replaced_on IS NULL))
ORDER BY listed_on, table_case_id
LIMIT %(limit)s

-- decisions_corrected --
-- The running table cases whose decision was taken back after the table had worked on them, unless it met on them since
SELECT table_case_id, case_id, municipality, decision_corrected_on AS since
FROM table_cases
WHERE house = %(house)s AND closed_on IS NULL AND decision_corrected_on IS NOT NULL
  AND NOT EXISTS (
        SELECT FROM session_cases JOIN sessions USING (session_id)
        WHERE session_cases.table_case_id = table_cases.table_case_id AND state = 'held' AND held_on > decision_corrected_on)
ORDER BY opened_on, table_case_id
LIMIT %(limit)s

-- agreements --
-- The standing plans of running table cases with agreements that a partner keeps, the one with the earliest day first
SELECT action_plan_id, case_id, agreed_on, due_on, agreements
FROM table_cases
CROSS JOIN LATERAL (
    SELECT action_plan_id, agreed_on, min(due_on) AS due_on, count(*) AS agreements
    FROM action_plans JOIN agreements USING (action_plan_id)
    WHERE action_plans.table_case_id = table_cases.table_case_id AND replaced_on IS NULL AND owner_partner = %(partner)s
    GROUP BY action_plan_id) AS agreed
WHERE house = %(house)s AND closed_on IS NULL
ORDER BY due_on, action_plan_id
LIMIT %(limit)s

-- unanswered_repeats --
-- The referrals on running table cases that no case holder has answered in time, or that has none, what was due first on top
SELECT question_id, waiting.case_id, municipality, received_on, due_on
FROM waiting_repeat_questions AS waiting JOIN table_cases USING (table_case_id)
WHERE waiting.house = %(house)s AND (due_on < %(today)s OR case_holder IS NULL)
ORDER BY due_on, question_id
LIMIT %(limit)s

-- repeats_of_holder --
-- The referrals on table cases that a partner holds, what is due first on top
SELECT question_id, waiting.case_id, municipality, received_on, due_on
FROM waiting_repeat_questions AS waiting JOIN table_cases USING (table_case_id)
WHERE waiting.house = %(house)s AND case_holder = %(holder)s
ORDER BY due_on, question_id
LIMIT %(limit)s

-- meetings_wanted --
-- The running table cases that need a session, because the plan is overtaken
SELECT table_case_id, wanted.case_id, municipality, since
FROM wanted_meetings AS wanted JOIN table_cases USING (table_case_id)
WHERE wanted.house = %(house)s
ORDER BY since, table_case_id
LIMIT %(limit)s

-- late_information --
-- The running table cases of which partners told something that nobody has seen: of one case holder, or of those without one; or of any, if it was told before a day
SELECT table_cases.table_case_id, case_id, municipality, min(told_on) AS since
FROM late_information
JOIN table_cases USING (table_case_id)
LEFT JOIN action_plans AS standing ON standing.table_case_id = table_cases.table_case_id AND replaced_on IS NULL
WHERE table_cases.house = %(house)s AND seen_on IS NULL AND returned_on IS NULL AND closed_on IS NULL
  AND (case_holder IS NOT DISTINCT FROM %(holder)s::text OR told_on < %(told_before)s::date)
GROUP BY table_cases.table_case_id, case_id, municipality
ORDER BY since, table_cases.table_case_id
LIMIT %(limit)s
