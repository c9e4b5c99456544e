-- What operators see of the past: throughput, the day figures of partners, and which problems there were when. Rows are
-- deleted after OPERATIONS_DAYS.

CREATE TABLE watched (
    watched   boolean PRIMARY KEY DEFAULT true CHECK (watched),
    at        timestamptz NOT NULL DEFAULT '-infinity',
    readings  jsonb NOT NULL DEFAULT '{}',
    oldest    jsonb NOT NULL DEFAULT '{}'
);
COMMENT ON TABLE watched IS 'One row: how far the other tables are. Whichever replica of reporting locks it first writes the next minute.';
COMMENT ON COLUMN watched.readings IS 'The counters of each process at that moment; what they grew since is the next minute.';
COMMENT ON COLUMN watched.oldest IS 'For each queue with messages a moment (seconds since the epoch) of before the oldest of them came.';
INSERT INTO watched DEFAULT VALUES;

CREATE TABLE throughput (
    at         timestamptz NOT NULL,
    service    text NOT NULL,
    seconds    double precision NOT NULL,
    taken      bigint NOT NULL,
    published  bigint NOT NULL,
    PRIMARY KEY (at, service)
);
COMMENT ON TABLE throughput IS 'Messages that all replicas of a service took and published in the seconds before that moment.';

CREATE TABLE partner_day (
    house             text NOT NULL,
    partner           text NOT NULL,
    day               date NOT NULL,
    received          bigint NOT NULL,
    refused           bigint NOT NULL,
    sent              bigint NOT NULL,
    last_received_at  timestamptz,
    last_sent_at      timestamptz,
    PRIMARY KEY (house, partner, day)
);
COMMENT ON TABLE partner_day IS 'Messages of and for a partner on a Dutch day. The newest row of a partner is kept however old it is.';

CREATE TABLE platform_problem (
    id       uuid PRIMARY KEY,
    concern  text NOT NULL,
    about    text NOT NULL,
    since    timestamptz NOT NULL,
    until    timestamptz,
    amount   double precision NOT NULL
);
CREATE INDEX platform_problem_by_moment ON platform_problem (since, id);
CREATE INDEX platform_problem_that_lasts ON platform_problem (concern, about, since DESC);
COMMENT ON TABLE platform_problem IS 'What needed a person, and how long. amount: the greatest that was seen.';
