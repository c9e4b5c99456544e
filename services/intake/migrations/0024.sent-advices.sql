-- Which partner was sent which ZSM advice.

CREATE TABLE sent_advices (
    advice_id  uuid NOT NULL,
    partner    text NOT NULL,
    house      text NOT NULL,
    case_id    uuid NOT NULL,
    sent_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (advice_id, partner)
);
CREATE INDEX sent_advices_by_case ON sent_advices (case_id, sent_at);
COMMENT ON TABLE sent_advices IS 'By id; the texts are in meetings.';
