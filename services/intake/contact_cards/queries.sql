-- lock_cards --
-- One at a time adds a card of a partner
SELECT pg_advisory_xact_lock(hashtextextended('contact cards of ' || %(house)s || ' ' || %(partner)s, 0))

-- count_cards --
-- How many cards a partner has
SELECT count(*) AS count FROM contact_cards WHERE house = %(house)s AND partner = %(partner)s

-- keep_card --
-- How somebody of a partner is reached from now on
INSERT INTO contact_cards (contact_card_id, house, partner, data_key, version, card, kept_by, kept_at)
VALUES (%(contact_card_id)s, %(house)s, %(partner)s, %(data_key)s, %(version)s, %(card)s, %(kept_by)s, %(kept_at)s)
ON CONFLICT (contact_card_id) DO UPDATE
SET data_key = excluded.data_key, version = excluded.version, card = excluded.card, kept_by = excluded.kept_by,
    kept_at = excluded.kept_at

-- remove_card --
-- Somebody works at a partner no more
DELETE FROM contact_cards WHERE contact_card_id = %(contact_card_id)s

-- card_to_change --
-- One card, sealed and locked
SELECT contact_card_id, data_key, version, partner, card, kept_by, kept_at FROM contact_cards
WHERE house = %(house)s AND contact_card_id = %(contact_card_id)s
FOR UPDATE

-- cards --
-- The cards of a house or of one partner, sealed
SELECT contact_card_id, data_key, version, partner, card, kept_by, kept_at FROM contact_cards
WHERE house = %(house)s AND (%(partner)s::text IS NULL OR partner = %(partner)s)
ORDER BY partner, contact_card_id LIMIT %(limit)s
