-- add_questions --
-- Referrals on the subjects of running table cases; one that is told again is asked about once
INSERT INTO repeat_questions (question_id, house, table_case_id, subject_id, referral_id, kind, referrer, received_on, due_on)
SELECT * FROM unnest(%(question_id)b::uuid[], %(house)b::text[], %(table_case_id)b::uuid[], %(subject_id)b::uuid[],
                     %(referral_id)b::uuid[], %(kind)b::text[], %(referrer)b::text[], %(received_on)b::date[], %(due_on)b::date[])
ON CONFLICT (table_case_id, referral_id) DO NOTHING

-- withdraw_questions --
-- The sender withdrew a referral
UPDATE repeat_questions SET withdrawn_on = %(on)s
WHERE house = %(house)s AND referral_id = %(referral_id)s AND withdrawn_on IS NULL

-- withdraw_of_others --
-- Records were separated: what was told of one is asked no more of the table case of the other
UPDATE repeat_questions SET withdrawn_on = %(on)s
FROM table_cases
WHERE repeat_questions.subject_id = ANY(%(subject_ids)s) AND table_cases.table_case_id = repeat_questions.table_case_id
  AND repeat_questions.withdrawn_on IS NULL
  AND table_cases.subject_id <> ALL(ARRAY(SELECT id FROM same_person(ARRAY[repeat_questions.subject_id])))

-- table_case_of --
-- The table case of one of a house's questions
SELECT table_case_id FROM repeat_questions WHERE house = %(house)s AND question_id = %(question_id)s

-- question --
-- One question with its answer; locked with its table case
SELECT question_id, table_case_id, referral_id, kind, referrer, received_on, due_on, withdrawn_on, answer, answered_on
FROM repeat_questions WHERE question_id = %(question_id)s

-- answer --
-- Whether the plan stands, after this referral and those on the same table case that were asked about before
UPDATE repeat_questions
SET answer = %(answer)s, answered_on = %(answered_on)s, answered_at = now(), answered_by = %(by)s, remark_text = %(remark_text)s
FROM repeat_questions AS this
WHERE this.question_id = %(question_id)s AND repeat_questions.table_case_id = this.table_case_id
  AND repeat_questions.answer IS NULL AND repeat_questions.withdrawn_on IS NULL
  AND repeat_questions.recorded_at <= this.recorded_at

-- correct --
-- The right answer, for all questions that were answered at the same moment
WITH wrong AS (
    SELECT answered.* FROM repeat_questions AS this
    JOIN repeat_questions AS answered ON (answered.table_case_id, answered.answered_at) = (this.table_case_id, this.answered_at)
    WHERE this.question_id = %(question_id)s
), kept AS (
    INSERT INTO superseded_repeat_answers (question_id, answer, answered_on, answered_at, answered_by, remark_text, superseded_by)
    SELECT question_id, answer, answered_on, answered_at, answered_by, remark_text, %(by)s FROM wrong
)
UPDATE repeat_questions
SET answer = %(answer)s, answered_on = %(answered_on)s, answered_at = now(), answered_by = %(by)s, remark_text = %(remark_text)s
FROM wrong WHERE repeat_questions.question_id = wrong.question_id

-- waiting_questions --
-- A page of the questions that wait for an answer, what is due first on top; of one case holder or of all
SELECT question_id, table_case_id, referral_id, kind, referrer, received_on, due_on, answer, answered_on, case_id, at_table AS "table",
       case_holder, due_on < %(today)s AS overdue, answered_by, answered_at, remark_text
FROM waiting_repeat_questions
WHERE house = %(house)s AND (%(holder)s::text IS NULL OR case_holder = %(holder)s)
  AND (%(after)s::uuid IS NULL OR (due_on, question_id) > (
        SELECT due_on, question_id FROM repeat_questions WHERE question_id = %(after)s))
ORDER BY due_on, question_id
LIMIT %(limit)s

-- answered_questions --
-- A page of the questions of running table cases that were answered, the last on top; of one case holder or of all
SELECT question_id, asked.table_case_id, asked.referral_id, kind, referrer, received_on, due_on, answer, answered_on, table_cases.case_id, at_table AS "table",
       case_holder, false AS overdue, answered_by, answered_at, remark_text
FROM repeat_questions AS asked
JOIN table_cases ON table_cases.table_case_id = asked.table_case_id
LEFT JOIN action_plans AS standing ON standing.table_case_id = asked.table_case_id AND replaced_on IS NULL
WHERE asked.house = %(house)s AND answer IS NOT NULL AND closed_on IS NULL AND asked.withdrawn_on IS NULL
  AND (%(holder)s::text IS NULL OR case_holder = %(holder)s)
  AND (%(after)s::uuid IS NULL OR (answered_at, question_id) < (
        SELECT answered_at, question_id FROM repeat_questions WHERE question_id = %(after)s))
ORDER BY answered_at DESC, question_id DESC
LIMIT %(limit)s

-- questions_of_case --
-- What was asked of one table case, the newest first
SELECT question_id, asked.table_case_id, asked.referral_id, kind, referrer, received_on, due_on, answer, answered_on, table_cases.case_id, at_table AS "table",
       case_holder, answer IS NULL AND due_on < %(today)s AS overdue, answered_by, answered_at, remark_text
FROM repeat_questions AS asked
JOIN table_cases ON table_cases.table_case_id = asked.table_case_id
LEFT JOIN action_plans AS standing ON standing.table_case_id = asked.table_case_id AND replaced_on IS NULL
WHERE asked.table_case_id = %(table_case_id)s AND asked.withdrawn_on IS NULL
ORDER BY received_on DESC, question_id DESC

-- running_of_cases --
-- The running table cases of the people of some cases, each with its case holder, what comes next, and the last answer
SELECT asked.given AS case_id, running.table_case_id, at_table AS "table", opened_on, case_holder, next_session_on, next_moment_on,
       last.due_on AS asked_until, last.answer, last.answered_on
FROM same_person(%(case_ids)b::uuid[]) AS asked
JOIN table_cases AS running ON running.case_id = asked.id AND closed_on IS NULL
LEFT JOIN action_plans AS standing ON standing.table_case_id = running.table_case_id AND replaced_on IS NULL
CROSS JOIN LATERAL (
    SELECT min(held_on) AS next_session_on FROM session_cases JOIN sessions USING (session_id)
    WHERE session_cases.table_case_id = running.table_case_id AND state = 'planned' AND held_on >= %(today)s) AS session
CROSS JOIN LATERAL (
    SELECT min(due_on) AS next_moment_on FROM monitoring_moments
    WHERE monitoring_moments.table_case_id = running.table_case_id AND monitoring_moments.answered_on IS NULL) AS moment
LEFT JOIN LATERAL (
    SELECT due_on, answer, answered_on FROM repeat_questions
    WHERE repeat_questions.table_case_id = running.table_case_id AND withdrawn_on IS NULL
    ORDER BY recorded_at DESC LIMIT 1) AS last ON true
WHERE running.house = %(house)s
ORDER BY asked.given, opened_on, running.table_case_id
