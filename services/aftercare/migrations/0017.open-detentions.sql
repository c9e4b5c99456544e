-- Until which day something can be due for a detention, and which release nobody has seen yet: who is still to be released, and
-- who was, is found without reading everybody who was ever detained.

ALTER TABLE detentions
    ADD COLUMN open_until date NOT NULL DEFAULT 'infinity',
    ADD COLUMN release_to_see date;
COMMENT ON COLUMN detentions.open_until IS
    'By what was told by any later day, the person is released. Infinity: no release date is known now.';
COMMENT ON COLUMN detentions.release_to_see IS 'The release date that counts, until that release was seen.';

CREATE FUNCTION note_open_detentions(these uuid[]) RETURNS void LANGUAGE sql AS $$
    UPDATE detentions
    SET open_until = CASE WHEN release_on IS NULL THEN 'infinity' ELSE last_on END,
        release_to_see = CASE WHEN NOT EXISTS (
            SELECT FROM releases
            WHERE releases.detention_id = detentions.detention_id AND released_on = release_on) THEN release_on END
    FROM (SELECT detention_id, max(greatest(release_on, changed_on)) AS last_on
          FROM release_dates WHERE detention_id = ANY(these) GROUP BY detention_id) AS told
    CROSS JOIN LATERAL counting_release_date(told.detention_id)
    WHERE detentions.detention_id = told.detention_id
$$;
CREATE FUNCTION note_open_detentions() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM note_open_detentions(ARRAY(SELECT DISTINCT detention_id FROM added ORDER BY detention_id));
    RETURN NULL;
END $$;
COMMENT ON FUNCTION note_open_detentions() IS 'Keeps open_until and release_to_see, whichever version of the service writes.';
CREATE TRIGGER open_detentions AFTER INSERT ON release_dates REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION note_open_detentions();
CREATE TRIGGER open_detentions AFTER INSERT ON releases REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION note_open_detentions();
SELECT note_open_detentions(ARRAY(SELECT detention_id FROM detentions));
