-- Who of a partner answered, or who of the house wrote down what was said by phone.

CREATE TABLE given_answers (
    position     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    request_id   uuid NOT NULL REFERENCES information_requests,
    answered_on  date NOT NULL,
    recorded_by  text NOT NULL,
    recorded_at  timestamptz NOT NULL,
    on_behalf    boolean NOT NULL
);
CREATE INDEX given_answers_by_request ON given_answers (request_id);
COMMENT ON TABLE given_answers IS 'Answers by persons, not by message: rows are only ever added. What they say is sealed elsewhere.';
COMMENT ON COLUMN given_answers.on_behalf IS 'Somebody of the house wrote down what the partner said by phone.';
