-- Answers to BIJ questions that were corrected.

CREATE TABLE superseded_bij_answers (
    question_id    uuid NOT NULL REFERENCES bij_questions,
    advice         text NOT NULL,
    answered_by    text NOT NULL,
    answered_at    timestamptz NOT NULL,
    because        text NOT NULL,
    superseded_by  text NOT NULL,
    superseded_at  timestamptz NOT NULL,
    PRIMARY KEY (question_id, superseded_at)
);
COMMENT ON TABLE superseded_bij_answers IS 'advice and because refer to texts, sealed under the key of the question. Rows are only ever added.';
