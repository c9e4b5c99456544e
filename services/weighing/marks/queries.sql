-- set_mark --
-- What is noted about a referral at this tabling
INSERT INTO item_marks (referral_id, tabling, urgent, settled_text, marked_by)
VALUES (%(referral_id)s, %(tabling)s, %(urgent)s, %(settled_text)s, %(marked_by)s)
ON CONFLICT (referral_id) DO UPDATE
SET tabling = EXCLUDED.tabling, urgent = EXCLUDED.urgent, settled_text = EXCLUDED.settled_text, marked_by = EXCLUDED.marked_by,
    marked_at = now()

-- clear_links --
-- Before the links of a referral are written anew
DELETE FROM item_links WHERE referral_id = %(referral_id)s OR linked_with = %(referral_id)s

-- add_links --
-- Each link both ways
INSERT INTO item_links (referral_id, linked_with)
SELECT %(referral_id)s, linked FROM unnest(%(linked_with)b::uuid[]) AS linked
UNION SELECT linked, %(referral_id)s FROM unnest(%(linked_with)b::uuid[]) AS linked

-- marks --
-- Of the items of an agenda about which something is noted, or that came in as urgent; those of one person, and of one family, are linked by themselves
SELECT referral_id, coalesce(urgent, false) AS urgent, settled_text, linked_with
FROM (
    SELECT referral_id, subject_id, received_on, coalesce(item_marks.urgent, tabling = 1 AND stated.urgent) AS urgent, settled_text
    FROM referrals LEFT JOIN item_marks USING (referral_id, tabling) LEFT JOIN stated USING (referral_id)
    WHERE house = %(house)s AND sub_region = %(sub_region)s AND table_on <= %(on)s) AS waiting
CROSS JOIN LATERAL (SELECT array_agg(id) AS ids FROM same_person(ARRAY[waiting.subject_id])) AS person
CROSS JOIN LATERAL (
    SELECT array_agg(other.referral_id ORDER BY other.received_on, other.referral_id) AS linked_with
    FROM referrals AS other
    WHERE other.referral_id <> waiting.referral_id AND house = %(house)s AND table_on IS NOT NULL
      AND (other.subject_id = ANY(person.ids)
           OR other.subject_id IN (SELECT relative.id FROM same_person(ARRAY(SELECT id FROM relatives(person.ids))) AS relative)
           OR other.referral_id IN (SELECT linked_with FROM item_links WHERE item_links.referral_id = waiting.referral_id))
    ) AS linked
WHERE urgent OR settled_text IS NOT NULL OR linked_with IS NOT NULL
ORDER BY received_on, referral_id
LIMIT %(limit)s

-- noted --
-- What is noted about some referrals at this tabling, as far as their order follows from it
SELECT referral_id, coalesce(item_marks.urgent, tabling = 1 AND stated.urgent, false) AS urgent, settled_text IS NOT NULL AS settled,
       ARRAY(SELECT linked_with FROM item_links WHERE item_links.referral_id = referrals.referral_id) AS linked_with
FROM referrals LEFT JOIN item_marks USING (referral_id, tabling) LEFT JOIN stated USING (referral_id)
WHERE referral_id = ANY(%(referral_ids)b::uuid[])
