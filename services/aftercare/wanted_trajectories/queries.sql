-- add --
-- What the weighing team wants; that it ended is always told later
INSERT INTO wanted_trajectories (follow_up_id, house, case_id, municipality, needs, owner, agreed_on, due_on)
VALUES (%(follow_up_id)s, %(house)s, %(case_id)s, %(municipality)s, %(needs)s, %(owner)s, %(agreed_on)s, %(due_on)s)
ON CONFLICT (follow_up_id) DO NOTHING

-- close --
-- What came of it, as it was told last
UPDATE wanted_trajectories SET ended_as = %(end)s, closed_on = %(closed_on)s
WHERE house = %(house)s AND follow_up_id = %(follow_up_id)s

-- of_case --
-- What is wanted of the person of a case, the newest first, each with the first trajectory of the person since
SELECT follow_up_id, wanted.case_id, wanted.municipality, needs, owner, agreed_on, due_on, ended_as AS "end", closed_on, trajectory_id,
       none_because, explained_by, explained_at
FROM wanted_trajectories AS wanted
LEFT JOIN LATERAL (
    SELECT none_because, explained_by, explained_at FROM trajectory_explanations
    WHERE trajectory_explanations.follow_up_id = wanted.follow_up_id ORDER BY position DESC LIMIT 1) AS explained ON true
LEFT JOIN LATERAL (
    SELECT trajectory_id FROM trajectories
    WHERE trajectories.house = wanted.house AND starts_on >= agreed_on
      AND trajectories.case_id = ANY(ARRAY(SELECT id FROM same_person(ARRAY[wanted.case_id])))
    ORDER BY starts_on, trajectory_id LIMIT 1) AS started ON true
WHERE wanted.house = %(house)s AND wanted.case_id = ANY(ARRAY(SELECT id FROM same_person(ARRAY[%(case_id)s::uuid])))
ORDER BY agreed_on DESC, follow_up_id
LIMIT %(limit)s

-- waiting --
-- What is wanted or said to be done, for whose person no trajectory started since and nobody said why, what is due first on top
SELECT follow_up_id, case_id, municipality, agreed_on, due_on, ended_as AS "end", closed_on
FROM wanted_trajectories AS wanted
WHERE house = %(house)s AND (ended_as IS NULL OR ended_as = 'done')
  AND NOT EXISTS (
    SELECT FROM trajectories
    WHERE trajectories.house = wanted.house AND starts_on >= agreed_on
      AND trajectories.case_id = ANY(ARRAY(SELECT id FROM same_person(ARRAY[wanted.case_id]))))
  AND (ended_as IS NULL OR NOT EXISTS (
    SELECT FROM trajectory_explanations WHERE trajectory_explanations.follow_up_id = wanted.follow_up_id))
ORDER BY due_on, follow_up_id
LIMIT %(limit)s

-- to_explain --
-- One of a house's wanted trajectories, locked
SELECT house, case_id, ended_as AS "end" FROM wanted_trajectories
WHERE house = %(house)s AND follow_up_id = %(follow_up_id)s
FOR UPDATE

-- explain --
-- Why no trajectory started
INSERT INTO trajectory_explanations (follow_up_id, none_because, explained_by)
VALUES (%(follow_up_id)s, %(none_because)s, %(explained_by)s)
