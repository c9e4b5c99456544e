-- What intake hands on for aftercare to judge, and what it told providers to do (docs/adr/0020).

CREATE TABLE handed_on (
    house       text NOT NULL,
    partner     text NOT NULL,
    message_id  uuid NOT NULL,
    case_id     uuid,
    reference   bytea NOT NULL,
    problems    jsonb,
    PRIMARY KEY (house, partner, message_id)
);
COMMENT ON TABLE handed_on IS 'Partners'' messages that get their answer once they are judged.';
COMMENT ON COLUMN handed_on.case_id IS 'Null for a message about more people.';
COMMENT ON COLUMN handed_on.reference IS 'The partner''s own, sealed: it may say anything.';
COMMENT ON COLUMN handed_on.problems IS 'Null while it is not judged; empty when it took effect.';

CREATE TABLE assignments (
    assignment_id  uuid PRIMARY KEY,
    house          text NOT NULL,
    partner        text NOT NULL,
    case_id        uuid NOT NULL
);
COMMENT ON TABLE assignments IS 'Trajectories and conversations in prison that a partner carries out.';
