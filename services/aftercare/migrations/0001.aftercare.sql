-- Detentions, their release dates and plans. No name and no BSN stands here: a case id leads to both, in intake alone.

CREATE TABLE detentions (
    detention_id   uuid PRIMARY KEY,
    house          text NOT NULL,
    case_id        uuid NOT NULL,
    subject_id     uuid NOT NULL,
    referral_id    uuid,
    municipality   text NOT NULL,
    institution    text NOT NULL,
    detained_on    date NOT NULL,
    own_aftercare  boolean NOT NULL,
    registered_on  date NOT NULL
);
CREATE INDEX detentions_in_order ON detentions (house, detained_on, detention_id);
CREATE INDEX detentions_by_case ON detentions (house, case_id);
COMMENT ON COLUMN detentions.own_aftercare IS 'The municipality does the aftercare itself.';

CREATE TABLE release_dates (
    position      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    house         text NOT NULL,
    detention_id  uuid NOT NULL REFERENCES detentions,
    release_on    date NOT NULL,
    source        text NOT NULL,
    changed_on    date NOT NULL
);
CREATE INDEX release_dates_by_detention ON release_dates (detention_id, position);
COMMENT ON TABLE release_dates IS 'Each release date that was known, with who or what gave it and when; the last one counts.';

CREATE TABLE plans (
    plan_id       uuid PRIMARY KEY,
    house         text NOT NULL,
    detention_id  uuid NOT NULL REFERENCES detentions,
    made_on       date NOT NULL,
    replaced_on   date CHECK (replaced_on >= made_on)
);
CREATE UNIQUE INDEX one_standing_plan ON plans (detention_id) WHERE replaced_on IS NULL;
CREATE INDEX plans_by_detention ON plans (detention_id);
COMMENT ON TABLE plans IS 'Each plan that was made; the one that is not replaced stands.';

CREATE TABLE plan_domains (
    plan_id      uuid NOT NULL REFERENCES plans,
    life_domain  text NOT NULL,
    place        integer NOT NULL,
    bottleneck   text NOT NULL CHECK (bottleneck IN ('yes', 'no', 'unknown')),
    agreement    text,
    owner        text,
    referred_to  text,
    accepted     boolean,
    PRIMARY KEY (plan_id, life_domain),
    CONSTRAINT the_sieve CHECK (bottleneck <> 'yes' OR coalesce(agreement, referred_to) IS NOT NULL)
);
COMMENT ON TABLE plan_domains IS 'What a plan says on each life domain.';

CREATE TABLE table_cases (
    table_case_id  uuid PRIMARY KEY,
    house          text NOT NULL,
    case_id        uuid NOT NULL,
    opened_on      date,
    closed_on      date
);
CREATE INDEX table_cases_by_case ON table_cases (house, case_id);
COMMENT ON TABLE table_cases IS 'The aftercare tables'' cases. Either date may be heard first.';
