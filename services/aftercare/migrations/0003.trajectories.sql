-- Trajectories with their needs, stages and rides, and stays in transition houses. btree_gist may be made by the owner of a database.

CREATE EXTENSION btree_gist;

CREATE TABLE trajectories (
    trajectory_id  uuid PRIMARY KEY,
    house          text NOT NULL,
    case_id        uuid NOT NULL,
    detention_id   uuid REFERENCES detentions,
    municipality   text NOT NULL,
    provider       text NOT NULL,
    kind           text NOT NULL,
    starts_on      date NOT NULL,
    ended_on       date CHECK (ended_on >= starts_on),
    result         text CHECK (result IN ('completed', 'dropped_out', 'ended_early')),
    version        integer NOT NULL DEFAULT 1,
    CONSTRAINT an_end_has_a_result CHECK ((ended_on IS NULL) = (result IS NULL)),
    CONSTRAINT no_trajectory_twice_at_a_time EXCLUDE USING gist (
        house WITH =, case_id WITH =, provider WITH =, kind WITH =, daterange(starts_on, ended_on) WITH &&)
);
CREATE INDEX trajectories_in_order ON trajectories (house, starts_on, trajectory_id);
CREATE INDEX trajectories_by_detention ON trajectories (detention_id);
COMMENT ON COLUMN trajectories.version IS 'Goes up with each change, for people who change what they have seen.';

CREATE TABLE trajectory_needs (
    trajectory_id  uuid NOT NULL REFERENCES trajectories,
    life_domain    text NOT NULL,
    place          integer NOT NULL,
    PRIMARY KEY (trajectory_id, life_domain)
);

CREATE TABLE trajectory_stages (
    position       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    trajectory_id  uuid NOT NULL REFERENCES trajectories,
    stage          text NOT NULL,
    reached_on     date NOT NULL,
    CONSTRAINT no_stage_twice UNIQUE (trajectory_id, stage)
);
COMMENT ON TABLE trajectory_stages IS 'The stages that were reached, in order; the last is the furthest.';

CREATE TABLE trajectory_transports (
    trajectory_id  uuid NOT NULL REFERENCES trajectories,
    fetched_on     date NOT NULL,
    PRIMARY KEY (trajectory_id, fetched_on)
);
COMMENT ON TABLE trajectory_transports IS 'A volunteer fetched somebody from prison.';

CREATE TABLE stays (
    position          bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
    stay_id           uuid PRIMARY KEY,
    house             text NOT NULL,
    transition_house  text NOT NULL,
    case_id           uuid NOT NULL,
    asked_on          date NOT NULL,
    place             integer CHECK (place >= 1),
    began_on          date CHECK (began_on >= asked_on),
    ended_on          date CHECK (ended_on >= began_on),
    withdrawn_on      date CHECK (withdrawn_on >= asked_on),
    CONSTRAINT a_stay_has_a_place CHECK ((began_on IS NULL) = (place IS NULL)),
    CONSTRAINT an_end_has_a_beginning CHECK (ended_on IS NULL OR began_on IS NOT NULL),
    CONSTRAINT what_began_is_not_withdrawn CHECK (began_on IS NULL OR withdrawn_on IS NULL),
    CONSTRAINT no_place_twice_at_a_time EXCLUDE USING gist (
        house WITH =, transition_house WITH =, place WITH =, daterange(began_on, ended_on) WITH &&)
        WHERE (began_on IS NOT NULL),
    CONSTRAINT nobody_in_two_places EXCLUDE USING gist (
        house WITH =, case_id WITH =, daterange(began_on, ended_on) WITH &&)
        WHERE (began_on IS NOT NULL)
);
CREATE UNIQUE INDEX one_open_stay ON stays (house, transition_house, case_id) WHERE ended_on IS NULL AND withdrawn_on IS NULL;
CREATE INDEX stays_in_order ON stays (house, asked_on, position);
COMMENT ON TABLE stays IS 'Who waits for, lives or has lived in a transition house. A place is free again on the day that a stay ends.';
