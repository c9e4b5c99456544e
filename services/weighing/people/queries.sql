-- people --
-- The people of the partners of a house, or of one of them, who do follow-ups
SELECT owner AS partner, person, name FROM people_of_owners
WHERE house = %(house)s AND (%(owner)s::text IS NULL OR owner = %(owner)s)
ORDER BY owner, name, person
LIMIT %(limit)s

-- known --
-- One of them
SELECT person FROM people_of_owners WHERE house = %(house)s AND owner = %(owner)s AND person = %(person)s

-- keep --
-- Somebody took a follow-up or says that it does such, perhaps under another name than before
INSERT INTO people_of_owners (house, owner, person, name) VALUES (%(house)s, %(owner)s, %(person)s, %(name)s)
ON CONFLICT (house, owner, person) DO UPDATE SET name = excluded.name

-- forget --
-- Somebody left
DELETE FROM people_of_owners WHERE house = %(house)s AND owner = %(owner)s AND person = %(person)s RETURNING person
