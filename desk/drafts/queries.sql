-- save --
-- Keep what was typed in a form in one tab, unless the form is done with.
INSERT INTO drafts (person_id, form, key, sealed)
VALUES (%(person)s, %(form)s, %(key)s, %(sealed)s)
ON CONFLICT (person_id, form, key) DO UPDATE SET sealed = excluded.sealed, saved_at = now() WHERE drafts.sealed <> ''
RETURNING key

-- keep_newest --
-- Delete a person's oldest drafts beyond the most that are kept.
DELETE FROM drafts
WHERE (person_id, form, key) IN (
    SELECT person_id, form, key FROM drafts
    WHERE person_id = %(person)s AND sealed <> ''
    ORDER BY saved_at DESC
    OFFSET %(most)s
)

-- newest --
-- What a person typed last in a form, in whichever tab.
SELECT form, key, sealed, saved_at
FROM drafts
WHERE person_id = %(person)s AND form = %(form)s AND sealed <> ''
ORDER BY saved_at DESC
LIMIT 1

-- close --
-- The form of this tab is done with: an empty row stays, so that a draft that was under way meanwhile is not kept.
INSERT INTO drafts (person_id, form, key, sealed)
VALUES (%(person)s, %(form)s, %(key)s, '')
ON CONFLICT (person_id, form, key) DO UPDATE SET sealed = '', saved_at = now()

-- delete --
-- Forget the drafts of all tabs.
DELETE FROM drafts WHERE person_id = %(person)s AND form = %(form)s AND sealed <> ''

-- forget_old --
-- Delete drafts that nobody came back for.
DELETE FROM drafts WHERE saved_at < now() - %(kept)s RETURNING key
