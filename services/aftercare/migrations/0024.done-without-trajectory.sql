-- Why no trajectory started though the owner of the follow-up says that it is done.

CREATE TABLE trajectory_explanations (
    position      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    follow_up_id  uuid NOT NULL REFERENCES wanted_trajectories,
    none_because  text NOT NULL,
    explained_by  text NOT NULL,
    explained_at  timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX trajectory_explanations_by_follow_up ON trajectory_explanations (follow_up_id, position);
COMMENT ON TABLE trajectory_explanations IS 'What the coordinator said; the last one counts.';
COMMENT ON COLUMN trajectory_explanations.none_because IS 'A reference to the sealed text.';
