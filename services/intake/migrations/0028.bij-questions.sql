-- What municipalities ask the house on BIJ notices.

CREATE TABLE bij_questions (
    question_id  uuid PRIMARY KEY,
    house        text NOT NULL,
    partner      text NOT NULL,
    asked_by     text NOT NULL,
    asked_at     timestamptz NOT NULL,
    about        text NOT NULL,
    question     text NOT NULL,
    answered_by  text,
    answered_at  timestamptz,
    advice       text
);
CREATE INDEX bij_questions_by_house ON bij_questions (house, answered_at, asked_at);
COMMENT ON TABLE bij_questions IS 'about, question and advice refer to texts, sealed under a key of the question. Nobody is registered by a question.';
