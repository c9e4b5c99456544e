-- add_conversation --
-- A conversation that was asked for, or held
INSERT INTO conversations (conversation_id, house, detention_id, provider, asked_on, held_on, needs, offered, accepted,
                           outcome)
VALUES (%(conversation_id)s, %(house)s, %(detention_id)s, %(provider)s, %(asked_on)s, %(held_on)s, %(needs)s,
        %(offered)s, %(accepted)s, %(outcome)s)

-- report_conversation --
-- A conversation that was asked for is held
UPDATE conversations
SET held_on = %(held_on)s, needs = %(needs)s, offered = %(offered)s, accepted = %(accepted)s, outcome = %(outcome)s
WHERE conversation_id = %(conversation_id)s

-- conversations --
-- The conversations of a detention, longest ago first
SELECT conversation_id, house, detention_id, provider, asked_on, held_on, needs, offered, accepted, outcome
FROM conversations
WHERE detention_id = %(detention_id)s
ORDER BY coalesce(held_on, asked_on), conversation_id

-- conversation_to_change --
-- One of a house's conversations, locked until the transaction ends
SELECT conversation_id, house, detention_id, provider, asked_on, held_on, needs, offered, accepted, outcome
FROM conversations
WHERE house = %(house)s AND conversation_id = %(conversation_id)s
FOR UPDATE
