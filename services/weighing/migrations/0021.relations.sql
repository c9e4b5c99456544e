-- Who belongs with whom, as intake tells it, so that a family stands together on the agenda.

CREATE TABLE relations (
    relation_id  uuid PRIMARY KEY,
    house        text NOT NULL,
    kind         text NOT NULL,
    subject_id   uuid NOT NULL,
    other_id     uuid NOT NULL
);
CREATE INDEX relations_by_subject ON relations (subject_id);
CREATE INDEX relations_by_other ON relations (other_id);
COMMENT ON TABLE relations IS 'Those that run now. subject_id is a member of the family other_id, or a relative or partner of other_id.';

CREATE FUNCTION relatives(ids uuid[]) RETURNS TABLE (id uuid) LANGUAGE sql STABLE ROWS 1 AS $$
    WITH near AS (
        SELECT other_id AS id FROM relations WHERE subject_id = ANY(ids)
        UNION SELECT subject_id FROM relations WHERE other_id = ANY(ids)
    )
    SELECT near.id FROM near
    UNION
    SELECT member.subject_id FROM near CROSS JOIN LATERAL same_person(ARRAY[near.id]) AS family
    JOIN relations AS member ON member.other_id = family.id AND member.kind = 'member'
$$;
COMMENT ON FUNCTION relatives IS 'Who belongs with whoever has these ids: relatives, partners, families, and the other members of those.';
