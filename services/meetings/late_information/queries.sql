-- add --
-- A partner told something after the decision on a referral
INSERT INTO late_information (information_id, house, table_case_id, referral_id, partner, told_on, contribution_ids,
                              request_id, told_by)
VALUES (%(information_id)s, %(house)s, %(table_case_id)s, %(referral_id)s, %(partner)s, %(told_on)s, %(contribution_ids)s,
        %(request_id)s, %(told_by)s)

-- to_read --
-- The case that the information is about, and who holds it; locked
SELECT case_id, case_holder
FROM late_information
JOIN table_cases USING (table_case_id)
LEFT JOIN action_plans AS standing ON standing.table_case_id = late_information.table_case_id AND replaced_on IS NULL
WHERE late_information.house = %(house)s AND information_id = %(information_id)s
FOR UPDATE OF late_information

-- read --
-- Who read the information first
UPDATE late_information SET seen_on = %(on)s, seen_by = %(by)s WHERE information_id = %(information_id)s AND seen_on IS NULL

-- return_closed --
-- What nobody had read when its table case was closed, unless it reached another one that runs, or was read there; once,
-- from however many tables
WITH returned AS (
    UPDATE late_information SET returned_on = %(today)s
    FROM table_cases
    WHERE table_cases.table_case_id = late_information.table_case_id AND closed_on IS NOT NULL
      AND told_by IS NOT NULL AND seen_on IS NULL AND returned_on IS NULL AND NOT EXISTS (
        SELECT FROM late_information AS other JOIN table_cases AS others USING (table_case_id)
        WHERE other.told_by = late_information.told_by AND (others.closed_on IS NULL OR other.seen_on IS NOT NULL))
    RETURNING told_by, late_information.house, case_id, request_id, late_information.referral_id, partner, told_on,
              contribution_ids)
SELECT DISTINCT ON (told_by) house, case_id, request_id, referral_id, partner, told_on, contribution_ids
FROM returned ORDER BY told_by, case_id

-- information --
-- One piece of information
SELECT information_id, table_case_id, referral_id, partner, told_on, contribution_ids, seen_on AS read_on, seen_by AS read_by
FROM late_information WHERE information_id = %(information_id)s

-- of_case --
-- What came of a table case, the newest first
SELECT information_id, table_case_id, referral_id, partner, told_on, contribution_ids, seen_on AS read_on, seen_by AS read_by
FROM late_information WHERE table_case_id = %(table_case_id)s
ORDER BY told_on DESC, information_id DESC
