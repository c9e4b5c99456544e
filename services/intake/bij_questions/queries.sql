-- add_question --
-- A municipality asks the house on a BIJ notice
INSERT INTO bij_questions (question_id, house, partner, asked_by, asked_at, about, question)
VALUES (%(question_id)s, %(house)s, %(partner)s, %(asked_by)s, %(asked_at)s, %(about)s, %(question)s)

-- answer_question --
-- The house advises the mayor
UPDATE bij_questions SET advice = %(advice)s, answered_by = %(answered_by)s, answered_at = %(answered_at)s
WHERE question_id = %(question_id)s

-- supersede_answer --
-- Keep an answer that is corrected
INSERT INTO superseded_bij_answers (question_id, advice, answered_by, answered_at, because, superseded_by, superseded_at)
SELECT question_id, advice, answered_by, answered_at, %(because)s, %(superseded_by)s, %(superseded_at)s
FROM bij_questions
WHERE question_id = %(question_id)s

-- earlier_answers --
-- The answers to a question that were corrected, the last first
SELECT advice, answered_by, answered_at, because, superseded_by, superseded_at
FROM superseded_bij_answers
WHERE question_id = %(question_id)s
ORDER BY superseded_at DESC

-- bij_question --
-- One question, locked for its answer
SELECT question_id, partner, CASE WHEN answered_at IS NULL THEN 'asked' ELSE 'answered' END AS state,
       asked_by, asked_at, answered_by, answered_at, about, question, advice,
       EXISTS (SELECT FROM superseded_bij_answers AS earlier WHERE earlier.question_id = bij_questions.question_id) AS corrected
FROM bij_questions
WHERE house = %(house)s AND question_id = %(question_id)s
FOR UPDATE

-- bij_questions --
-- The questions of a house or of one partner, without their texts; what waits first
SELECT question_id, partner, CASE WHEN answered_at IS NULL THEN 'asked' ELSE 'answered' END AS state,
       asked_by, asked_at, answered_by, answered_at,
       EXISTS (SELECT FROM superseded_bij_answers AS earlier WHERE earlier.question_id = bij_questions.question_id) AS corrected
FROM bij_questions
WHERE house = %(house)s AND (%(partner)s::text IS NULL OR partner = %(partner)s)
ORDER BY answered_at DESC NULLS FIRST, asked_at
LIMIT %(limit)s
