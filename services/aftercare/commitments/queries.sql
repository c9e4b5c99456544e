-- add_commitment --
-- What is promised to a provider
INSERT INTO commitments (commitment_id, house, fund, year, line, cost, provider, municipality, assignment_id, needs)
VALUES (%(commitment_id)s, %(house)s, %(fund)s, %(year)s, %(line)s, %(cost)s, %(provider)s, %(municipality)s,
        %(assignment_id)s, %(needs)s)

-- assignment --
-- The trajectory or conversation that a commitment is to pay
SELECT provider, municipality, kind AS trajectory_kind FROM trajectories
WHERE house = %(house)s AND trajectory_id = %(assignment_id)s
UNION ALL
SELECT provider, municipality, NULL FROM conversations JOIN detentions USING (house, detention_id)
WHERE house = %(house)s AND conversation_id = %(assignment_id)s

-- commitments --
-- Commitments of a house in the order in which they were made, each with what is left and what is spent
SELECT commitment_id, commitments.fund, commitments.year, commitments.line, cost, provider, commitments.municipality, assignment_id, needs,
       remaining.balance AS remaining, coalesce(spent.balance, 0) AS spent
FROM commitments
JOIN accounts AS remaining ON remaining.about = commitment_id AND remaining.kind = 'commitment'
LEFT JOIN accounts AS spent ON spent.about = commitment_id AND spent.kind = 'spent'
WHERE commitments.house = %(house)s
  AND (%(commitment_id)s::uuid IS NULL OR commitment_id = %(commitment_id)s)
  AND (%(assignment_id)s::uuid IS NULL OR assignment_id = %(assignment_id)s)
  AND (%(fund)s::text IS NULL OR commitments.fund = %(fund)s)
  AND (%(year)s::integer IS NULL OR commitments.year = %(year)s)
  AND (%(line)s::text IS NULL OR commitments.line = %(line)s)
  AND (%(after)s::uuid IS NULL OR position > (SELECT earlier.position FROM commitments AS earlier WHERE earlier.commitment_id = %(after)s))
ORDER BY position
LIMIT %(limit)s
