-- seats --
-- Who sits at a briefing, in the order in which they were set
SELECT partner, name, guest, non_disclosure_on, chair, from_item, to_item, person
FROM briefing_seats
WHERE briefing_id = %(briefing_id)s
ORDER BY place

-- partners --
-- The partners that sit at some briefings, in the order in which they were set
SELECT briefing_id, partner FROM briefing_seats
WHERE briefing_id = ANY(%(briefing_ids)b::uuid[]) AND partner IS NOT NULL
ORDER BY briefing_id, place

-- clear_seats --
-- Before all seats of a briefing are written anew
DELETE FROM briefing_seats WHERE briefing_id = %(briefing_id)s

-- add_seats --
-- All seats of a briefing
INSERT INTO briefing_seats (briefing_id, place, partner, name, guest, non_disclosure_on, chair, from_item, to_item, person)
SELECT %(briefing_id)s, place, partner, name, guest, non_disclosure_on, chair, from_item, to_item, person
FROM unnest(%(partner)b::text[], %(name)b::text[], %(guest)b::boolean[], %(non_disclosure_on)b::date[],
            %(chair)b::boolean[], %(from_item)b::integer[], %(to_item)b::integer[], %(person)b::text[])
     WITH ORDINALITY AS taken (partner, name, guest, non_disclosure_on, chair, from_item, to_item, person, place)

-- seated --
-- Who sits at the briefing of a sub-region on a day, in the order in which they were set
SELECT partner, name, guest, non_disclosure_on, chair, from_item, to_item, person
FROM briefing_seats JOIN briefings USING (briefing_id)
WHERE house = %(house)s AND sub_region = %(sub_region)s AND on_day = %(on)s AND state <> 'cancelled'
ORDER BY place

-- numbers --
-- The items of the briefing of a sub-region on a day, as they are numbered on its agenda
SELECT referral_id, number
FROM briefing_items JOIN briefings USING (briefing_id)
WHERE house = %(house)s AND sub_region = %(sub_region)s AND on_day = %(on)s AND state <> 'cancelled' AND number IS NOT NULL
