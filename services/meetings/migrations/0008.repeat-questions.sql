-- The case holder is asked whether the plan still stands when somebody of whom a table case runs is referred again.

CREATE TABLE repeat_questions (
    question_id    uuid PRIMARY KEY,
    house          text NOT NULL,
    table_case_id  uuid NOT NULL REFERENCES table_cases,
    subject_id     uuid NOT NULL,
    referral_id    uuid NOT NULL,
    kind           text NOT NULL,
    referrer       text NOT NULL,
    received_on    date NOT NULL,
    due_on         date NOT NULL,
    recorded_at    timestamptz NOT NULL DEFAULT now(),
    withdrawn_on   date,
    answer         text CHECK (answer IN ('plan_stands', 'overtaken')),
    answered_on    date,
    answered_at    timestamptz,
    answered_by    text,
    remark_text    uuid,
    UNIQUE (table_case_id, referral_id),
    CHECK ((answer IS NULL) = (answered_on IS NULL) AND (answer IS NULL) = (answered_at IS NULL))
);
CREATE INDEX repeat_questions_by_referral ON repeat_questions (referral_id);
CREATE INDEX repeat_questions_by_subject ON repeat_questions (subject_id);
CREATE INDEX repeat_questions_open ON repeat_questions (house, due_on, question_id) WHERE answer IS NULL AND withdrawn_on IS NULL;
CREATE INDEX repeat_questions_answered ON repeat_questions (house, answered_at, question_id) WHERE answer IS NOT NULL;
COMMENT ON TABLE repeat_questions IS 'Referrals on the subject of a running table case, from their receipt on, and what the case holder says of the plan.';
COMMENT ON COLUMN repeat_questions.subject_id IS 'Of the referral: with merged records another one than that of the table case.';
COMMENT ON COLUMN repeat_questions.withdrawn_on IS 'The sender withdrew the referral, or the records were separated: nobody is asked any more.';
COMMENT ON COLUMN repeat_questions.answered_at IS 'The same for questions that were answered together.';

CREATE TABLE superseded_repeat_answers (
    question_id    uuid NOT NULL REFERENCES repeat_questions,
    answer         text NOT NULL,
    answered_on    date NOT NULL,
    answered_at    timestamptz NOT NULL,
    answered_by    text NOT NULL,
    remark_text    uuid,
    superseded_by  text NOT NULL,
    superseded_at  timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (question_id, superseded_at)
);
COMMENT ON TABLE superseded_repeat_answers IS 'Answers that were corrected. Rows are only ever added.';

CREATE VIEW waiting_repeat_questions AS
SELECT repeat_questions.*, case_id, at_table, case_holder
FROM repeat_questions
JOIN table_cases USING (table_case_id)
LEFT JOIN action_plans AS standing ON standing.table_case_id = repeat_questions.table_case_id AND replaced_on IS NULL
WHERE closed_on IS NULL AND answer IS NULL AND repeat_questions.withdrawn_on IS NULL
  AND (standing.recorded_at IS NULL OR standing.recorded_at < repeat_questions.recorded_at OR agreed_on < received_on);
COMMENT ON VIEW waiting_repeat_questions IS 'Of cases that run, unless a plan was agreed since. case_holder: who is asked; null without a plan.';

CREATE VIEW wanted_meetings AS
SELECT table_cases.house, table_case_id, case_id, since
FROM table_cases
CROSS JOIN LATERAL (
    SELECT max(answered_on) AS since FROM repeat_questions
    WHERE repeat_questions.table_case_id = table_cases.table_case_id AND answer = 'overtaken') AS overtaken
WHERE closed_on IS NULL AND since IS NOT NULL
  AND NOT EXISTS (SELECT FROM session_cases JOIN sessions USING (session_id)
                  WHERE session_cases.table_case_id = table_cases.table_case_id AND state <> 'cancelled' AND held_on >= since)
  AND NOT EXISTS (SELECT FROM action_plans
                  WHERE action_plans.table_case_id = table_cases.table_case_id AND replaced_on IS NULL AND agreed_on > since);
COMMENT ON VIEW wanted_meetings IS 'Running table cases of which the case holder said that the plan is overtaken, until a session or another plan follows.';
