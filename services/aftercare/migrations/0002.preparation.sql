-- What is done for somebody before and after the release, and what was seen when a day was watched.

ALTER TABLE plan_domains ADD COLUMN need text, ADD COLUMN due_on date;

CREATE TABLE refusals (
    position      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    house         text NOT NULL,
    detention_id  uuid NOT NULL REFERENCES detentions,
    refused_on    date NOT NULL,
    reason        text NOT NULL
);
CREATE INDEX refusals_by_detention ON refusals (detention_id, position);
COMMENT ON TABLE refusals IS 'Each time that somebody wanted no plan; a plan of that day or later takes its place.';

CREATE TABLE follow_ups (
    position      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    house         text NOT NULL,
    detention_id  uuid NOT NULL REFERENCES detentions,
    moment        text NOT NULL CHECK (moment IN ('release', 'month_1', 'month_3', 'month_6')),
    answered_on   date NOT NULL
);
CREATE INDEX follow_ups_by_detention ON follow_ups (detention_id, position);
COMMENT ON TABLE follow_ups IS 'Each answer to what became of a plan''s bottlenecks; of a moment the last counts.';

CREATE TABLE follow_up_domains (
    position     bigint NOT NULL REFERENCES follow_ups,
    life_domain  text NOT NULL,
    place        integer NOT NULL,
    solved       boolean NOT NULL,
    PRIMARY KEY (position, life_domain)
);

CREATE TABLE conversations (
    conversation_id  uuid PRIMARY KEY,
    house            text NOT NULL,
    detention_id     uuid NOT NULL REFERENCES detentions,
    provider         text,
    asked_on         date,
    held_on          date CHECK (held_on >= asked_on),
    needs            text[],
    offered          boolean,
    accepted         boolean CHECK (offered OR accepted IS NULL),
    outcome          text,
    CONSTRAINT asked_for_or_held CHECK (coalesce(asked_on, held_on) IS NOT NULL),
    CONSTRAINT somebody_is_asked CHECK (asked_on IS NULL OR provider IS NOT NULL),
    CONSTRAINT a_report_is_whole CHECK (num_nonnulls(held_on, needs, offered, outcome) IN (0, 4))
);
CREATE INDEX conversations_by_detention ON conversations (detention_id);
COMMENT ON COLUMN conversations.provider IS 'Who held it or is asked to; null: the house itself.';

CREATE TABLE overdue_preparations (
    detention_id  uuid NOT NULL REFERENCES detentions,
    preparation   text NOT NULL,
    level         text NOT NULL,
    house         text NOT NULL,
    due_on        date NOT NULL,
    PRIMARY KEY (detention_id, preparation, level)
);
COMMENT ON TABLE overdue_preparations IS 'What was raised, once for each preparation and level.';

CREATE TABLE releases (
    release_id    uuid NOT NULL UNIQUE DEFAULT gen_random_uuid(),
    detention_id  uuid NOT NULL REFERENCES detentions,
    released_on   date NOT NULL,
    house         text NOT NULL,
    prepared      text NOT NULL CHECK (prepared IN ('plan', 'refusal', 'nothing')),
    PRIMARY KEY (detention_id, released_on)
);
CREATE INDEX releases_in_order ON releases (house, released_on, release_id);
COMMENT ON TABLE releases IS 'Releases of which the watch has seen with what somebody left. A release date may still change after that.';
