-- take_to_match --
-- The next subjects with a new likeness; another worker takes others
DELETE FROM to_match
WHERE subject_id IN (SELECT subject_id FROM to_match LIMIT %(step)s FOR UPDATE SKIP LOCKED)
RETURNING house, subject_id

-- alike --
-- For each of some subjects the others that share a likeness, what shares most first; not the pairs that are known
SELECT asked.subject_id, other.subject_id AS other_id
FROM unnest(%(subject_ids)b::uuid[]) AS asked (subject_id)
CROSS JOIN LATERAL (SELECT alike.subject_id
                    FROM likenesses AS own JOIN likenesses AS alike USING (house, blind_index)
                    WHERE own.subject_id = asked.subject_id AND alike.subject_id <> asked.subject_id
                    GROUP BY alike.subject_id ORDER BY count(*) DESC, alike.subject_id LIMIT %(most)s) AS other
WHERE NOT EXISTS (SELECT FROM matches WHERE (matches.subject_id, matches.other_id) = (asked.subject_id, other.subject_id))
  AND NOT EXISTS (SELECT FROM matches WHERE (matches.subject_id, matches.other_id) = (other.subject_id, asked.subject_id))

-- sharing_member --
-- For each of some families and groups the others with a member in common
SELECT asked.subject_id, other.other_id
FROM unnest(%(subject_ids)b::uuid[]) AS asked (subject_id)
CROSS JOIN LATERAL (SELECT DISTINCT theirs.other_id
                    FROM relations AS own CROSS JOIN LATERAL same_person(ARRAY[own.subject_id]) AS member
                    JOIN relations AS theirs ON theirs.subject_id = member.id
                    WHERE own.other_id = asked.subject_id AND theirs.other_id <> asked.subject_id
                      AND own.kind = 'member' AND own.until IS NULL AND own.withdrawn_at IS NULL
                      AND theirs.kind = 'member' AND theirs.until IS NULL AND theirs.withdrawn_at IS NULL
                    ORDER BY 1 LIMIT %(most)s) AS other

-- add_match --
-- Pairs that may be one, the record that was registered first in front; a pair is proposed once
INSERT INTO matches (match_id, house, subject_id, other_id, state, band, score, evidence, proposed_at)
SELECT match_id, new.house, first.subject_id, later.subject_id, 'proposed', band, score, evidence, proposed_at
FROM unnest(%(match_id)b::uuid[], %(house)b::text[], %(subject_id)b::uuid[], %(other_id)b::uuid[], %(band)b::text[],
            %(score)b::smallint[], %(evidence)b::jsonb[], %(proposed_at)b::timestamptz[])
     AS new (match_id, house, one, other, band, score, evidence, proposed_at)
CROSS JOIN LATERAL (SELECT subject_id FROM claims WHERE subject_id IN (one, other) ORDER BY position LIMIT 1) AS first
CROSS JOIN LATERAL (VALUES (one), (other)) AS later (subject_id)
WHERE later.subject_id <> first.subject_id
ON CONFLICT DO NOTHING

-- match --
-- A pair of a house
SELECT match_id, house, subject_id, other_id, state, version, band, score, evidence, proposed_at, merge_id,
       (SELECT person_id FROM match_decisions
        WHERE match_decisions.match_id = matches.match_id AND decision = 'ask_separation'
        ORDER BY match_decisions.version DESC LIMIT 1) AS asked_by
FROM matches WHERE house = %(house)s AND match_id = %(match_id)s

-- match_of_pair --
-- The pair of two records
SELECT match_id FROM matches
WHERE house = %(house)s AND (%(one)s, %(other)s) IN ((subject_id, other_id), (other_id, subject_id))

-- to_decide --
-- The pairs that wait for a person, the likeliest first; not of sealed matters alone, forgotten, or one person already
SELECT match_id, matches.house, matches.subject_id, other_id, state, version, band, score, evidence, proposed_at, merge_id,
       (SELECT person_id FROM match_decisions
        WHERE match_decisions.match_id = matches.match_id AND decision = 'ask_separation'
        ORDER BY match_decisions.version DESC LIMIT 1) AS asked_by
FROM matches
JOIN subjects AS one ON one.subject_id = matches.subject_id
JOIN subjects AS other ON other.subject_id = other_id
WHERE matches.house = %(house)s AND state IN ('proposed', 'separation_asked')
  AND NOT one.sealed_only AND NOT other.sealed_only AND one.data_key <> '' AND other.data_key <> ''
  AND (state <> 'proposed' OR NOT EXISTS (SELECT FROM same_person(ARRAY[matches.subject_id]) WHERE id = other_id))
ORDER BY score DESC, proposed_at, match_id LIMIT %(limit)s

-- decided --
-- The pairs on which a person decided, the latest first
SELECT match_id, matches.house, matches.subject_id, other_id, state, matches.version, band, score, evidence, proposed_at,
       merge_id, NULL AS asked_by
FROM matches
JOIN match_decisions USING (match_id, version)
JOIN subjects AS one ON one.subject_id = matches.subject_id
JOIN subjects AS other ON other.subject_id = other_id
WHERE matches.house = %(house)s AND state NOT IN ('proposed', 'separation_asked')
  AND NOT one.sealed_only AND NOT other.sealed_only AND one.data_key <> '' AND other.data_key <> ''
ORDER BY decided_at DESC, match_id LIMIT %(limit)s

-- kept_apart --
-- Whether a person kept one of these records apart from one of the others, or separated them
SELECT EXISTS (SELECT FROM matches
               WHERE state IN ('kept_apart', 'separated')
                 AND (subject_id = ANY(%(ones)b) AND other_id = ANY(%(others)b)
                      OR subject_id = ANY(%(others)b) AND other_id = ANY(%(ones)b))) AS kept_apart

-- change_match --
-- A person decided on a pair
UPDATE matches SET state = %(state)s, version = %(version)s, merge_id = %(merge_id)s WHERE match_id = %(match_id)s

-- add_decision --
-- What a person decided on a pair, and why
INSERT INTO match_decisions (match_id, version, decision, decided_by, person_id, decided_at, because)
VALUES (%(match_id)s, %(version)s, %(decision)s, %(decided_by)s, %(person_id)s, %(decided_at)s, %(because)s)

-- decisions --
-- What people decided on a pair, in order
SELECT decision, decided_by, decided_at, because FROM match_decisions WHERE match_id = %(match_id)s ORDER BY version
