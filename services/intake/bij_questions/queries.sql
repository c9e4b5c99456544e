-- add_question --
-- A municipality asks the house on a BIJ notice
INSERT INTO bij_questions (question_id, house, partner, asked_by, asked_at, about, question, sent_as)
VALUES (%(question_id)s, %(house)s, %(partner)s, %(asked_by)s, %(asked_at)s, %(about)s, %(question)s, %(sent_as)s)

-- answer_question --
-- The house advises the mayor
UPDATE bij_questions SET advice = %(advice)s, supports = %(supports)s, answered_by = %(answered_by)s, answered_at = %(answered_at)s
WHERE question_id = %(question_id)s

-- supersede_answer --
-- Keep an answer that is corrected
INSERT INTO superseded_bij_answers (question_id, advice, supports, answered_by, answered_at, because, superseded_by,
                                    superseded_at)
SELECT question_id, advice, supports, answered_by, answered_at, %(because)s, %(superseded_by)s, %(superseded_at)s
FROM bij_questions
WHERE question_id = %(question_id)s

-- earlier_answers --
-- The answers to a question that were corrected, the last first
SELECT advice, supports, answered_by, answered_at, because, superseded_by, superseded_at
FROM superseded_bij_answers
WHERE question_id = %(question_id)s
ORDER BY superseded_at DESC

-- bij_question --
-- One question, locked for its answer
SELECT question_id, partner, CASE WHEN answered_at IS NULL THEN 'asked' ELSE 'answered' END AS state,
       asked_by, asked_at, answered_by, answered_at, about, question, advice, supports,
       EXISTS (SELECT FROM superseded_bij_answers AS earlier WHERE earlier.question_id = bij_questions.question_id) AS corrected
FROM bij_questions
WHERE house = %(house)s AND question_id = %(question_id)s
FOR UPDATE

-- sent_as --
-- By what a partner knows a question that it sent
SELECT sent_as FROM bij_questions WHERE house = %(house)s AND question_id = %(question_id)s

-- bij_questions --
-- The questions of a house or of one partner, without their texts; what waits first
SELECT question_id, partner, CASE WHEN answered_at IS NULL THEN 'asked' ELSE 'answered' END AS state,
       asked_by, asked_at, answered_by, answered_at,
       EXISTS (SELECT FROM superseded_bij_answers AS earlier WHERE earlier.question_id = bij_questions.question_id) AS corrected
FROM bij_questions
WHERE house = %(house)s AND (%(partner)s::text IS NULL OR partner = %(partner)s)
ORDER BY answered_at DESC NULLS FIRST, asked_at
LIMIT %(limit)s
