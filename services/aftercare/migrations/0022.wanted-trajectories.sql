-- The trajectories that the weighing team wants, as weighing tells of them.

CREATE TABLE wanted_trajectories (
    follow_up_id  uuid PRIMARY KEY,
    house         text NOT NULL,
    case_id       uuid NOT NULL,
    municipality  text NOT NULL,
    needs         text[] NOT NULL,
    owner         text NOT NULL,
    agreed_on     date NOT NULL,
    due_on        date NOT NULL,
    ended_as      text,
    closed_on     date
);
CREATE INDEX wanted_trajectories_by_case ON wanted_trajectories (case_id);
CREATE INDEX wanted_trajectories_waiting ON wanted_trajectories (house, due_on, follow_up_id) WHERE ended_as IS NULL;
COMMENT ON TABLE wanted_trajectories IS 'By the follow-up of the decision. That a trajectory has started is read from trajectories.';
COMMENT ON COLUMN wanted_trajectories.ended_as IS 'done or not_done as the owner reported, lapsed if the decision was taken back; NULL before.';
