-- invoice --
-- A provider's invoice that was taken
SELECT entry_id FROM invoices WHERE house = %(house)s AND partner = %(partner)s AND number = %(number)s

-- add_invoice --
-- An invoice is paid by an entry
INSERT INTO invoices (house, partner, number, entry_id) VALUES (%(house)s, %(partner)s, %(number)s, %(entry_id)s)
