-- save --
-- Keep what was typed in a form in one tab.
INSERT INTO drafts (person_id, form, key, sealed)
VALUES (%(person)s, %(form)s, %(key)s, %(sealed)s)
ON CONFLICT (person_id, form, key) DO UPDATE SET sealed = excluded.sealed, saved_at = now()

-- keep_newest --
-- Delete a person's oldest drafts beyond the most that are kept.
DELETE FROM drafts
WHERE (person_id, form, key) IN (
    SELECT person_id, form, key FROM drafts WHERE person_id = %(person)s ORDER BY saved_at DESC OFFSET %(most)s
)

-- newest --
-- What a person typed last in a form, in whichever tab.
SELECT form, key, sealed, saved_at
FROM drafts
WHERE person_id = %(person)s AND form = %(form)s
ORDER BY saved_at DESC
LIMIT 1

-- delete --
-- The form was sent, or is begun anew: forget the drafts of all tabs.
DELETE FROM drafts WHERE person_id = %(person)s AND form = %(form)s

-- forget_old --
-- Delete drafts that nobody came back for.
DELETE FROM drafts WHERE saved_at < now() - %(kept)s RETURNING key
