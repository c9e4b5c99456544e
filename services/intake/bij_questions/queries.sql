-- add_question --
-- A municipality asks the house on a BIJ notice
INSERT INTO bij_questions (question_id, house, partner, asked_by, asked_at, about, question)
VALUES (%(question_id)s, %(house)s, %(partner)s, %(asked_by)s, %(asked_at)s, %(about)s, %(question)s)

-- answer_question --
-- The house advises the mayor
UPDATE bij_questions SET advice = %(advice)s, answered_by = %(answered_by)s, answered_at = %(answered_at)s
WHERE question_id = %(question_id)s

-- bij_question --
-- One question, locked for its answer
SELECT question_id, partner, CASE WHEN answered_at IS NULL THEN 'asked' ELSE 'answered' END AS state,
       asked_by, asked_at, answered_by, answered_at, about, question, advice
FROM bij_questions
WHERE house = %(house)s AND question_id = %(question_id)s
FOR UPDATE

-- bij_questions --
-- The questions of a house or of one partner, without their texts; what waits first
SELECT question_id, partner, CASE WHEN answered_at IS NULL THEN 'asked' ELSE 'answered' END AS state,
       asked_by, asked_at, answered_by, answered_at
FROM bij_questions
WHERE house = %(house)s AND (%(partner)s::text IS NULL OR partner = %(partner)s)
ORDER BY answered_at DESC NULLS FIRST, asked_at
LIMIT %(limit)s
