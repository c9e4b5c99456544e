-- The watch asks it of everybody in prison: nearly nobody has a second record, and then one look into an index is enough.

CREATE OR REPLACE FUNCTION same_stay_as(this detentions) RETURNS uuid LANGUAGE plpgsql STABLE AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM aliases WHERE id = this.case_id AND merged_on IS NOT NULL AND separated_on IS NULL) THEN
        RETURN NULL;
    END IF;
    RETURN (
        WITH of_person AS (
            SELECT detentions.detention_id, detained_on, release_on,
                   EXISTS (SELECT FROM plans WHERE plans.detention_id = detentions.detention_id AND withdrawn_at IS NULL)
                   OR EXISTS (SELECT FROM refusals WHERE refusals.detention_id = detentions.detention_id
                              AND withdrawn_at IS NULL) AS seen_to
            FROM detentions
            LEFT JOIN LATERAL counting_release_date(detentions.detention_id) AS release ON true
            WHERE house = this.house AND withdrawn_on IS NULL
              AND (detentions.detention_id = this.detention_id
                   OR case_id = ANY(ARRAY(SELECT id FROM same_person(ARRAY[this.case_id]) WHERE id <> this.case_id)))
        )
        SELECT other.detention_id
        FROM of_person AS own JOIN of_person AS other ON
            own.detention_id = this.detention_id AND other.detention_id <> this.detention_id
            AND (other.detained_on = own.detained_on
                 OR daterange(other.detained_on, other.release_on) && daterange(own.detained_on, own.release_on))
            AND (NOT other.seen_to, other.detained_on, other.detention_id) < (NOT own.seen_to, own.detained_on, own.detention_id)
        ORDER BY NOT other.seen_to, other.detained_on, other.detention_id
        LIMIT 1
    );
END $$;
