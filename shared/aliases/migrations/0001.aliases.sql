-- Which records are of one person. A link has a row for each direction, between subjects and between their cases.

CREATE TABLE aliases (
    merge_id      uuid NOT NULL,
    id            uuid NOT NULL,
    alias         uuid NOT NULL,
    house         text NOT NULL,
    merged_on     date,
    separated_on  date,
    PRIMARY KEY (merge_id, id)
);
CREATE INDEX aliases_in_force ON aliases (id) INCLUDE (alias) WHERE merged_on IS NOT NULL AND separated_on IS NULL;
CREATE INDEX aliases_by_house ON aliases (house, merged_on);
COMMENT ON TABLE aliases IS 'Links between ids, as intake announces them. Rows are only added and ended, so an ended link leaves no trace in what is shown.';
COMMENT ON COLUMN aliases.merged_on IS 'Null while only the end of the link was told.';
COMMENT ON COLUMN aliases.separated_on IS 'Null while the link is in force.';

CREATE FUNCTION same_person(ids uuid[]) RETURNS TABLE (given uuid, id uuid) LANGUAGE sql STABLE ROWS 1 AS $$
    WITH RECURSIVE known (given, id) AS (
        SELECT wanted.id, wanted.id FROM unnest(ids) AS wanted (id)
        UNION
        SELECT known.given, linked.alias
        FROM known
        -- One by one by index, whatever the planner knows: nearly no id has a link.
        CROSS JOIN LATERAL (
            SELECT aliases.alias FROM aliases
            WHERE aliases.id = known.id AND aliases.merged_on IS NOT NULL AND aliases.separated_on IS NULL
            OFFSET 0
        ) AS linked
    )
    SELECT known.given, known.id FROM known
$$;
COMMENT ON FUNCTION same_person IS 'All ids of the people who have these ids, by links in force, each with the given id; also the given id itself.';
