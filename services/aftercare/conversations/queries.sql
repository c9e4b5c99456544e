-- add_conversation --
-- A conversation that was asked for, or held
INSERT INTO conversations (conversation_id, house, detention_id, provider, asked_on, held_on, needs, offered, accepted,
                           outcome, recorded_by)
VALUES (%(conversation_id)s, %(house)s, %(detention_id)s, %(provider)s, %(asked_on)s, %(held_on)s, %(needs)s,
        %(offered)s, %(accepted)s, %(outcome)s, %(by)s)

-- add_report --
-- How a conversation went
INSERT INTO conversation_reports (conversation_id, held_on, needs, offered, accepted, outcome, recorded_by)
VALUES (%(conversation_id)s, %(held_on)s, %(needs)s, %(offered)s, %(accepted)s, %(outcome)s, %(by)s)

-- withdraw_report --
-- A report was a slip
UPDATE conversation_reports SET withdrawn_at = now(), withdrawn_by = %(by)s, withdrawn_because = %(because)s
WHERE conversation_id = %(conversation_id)s AND withdrawn_at IS NULL

-- reports --
-- Each report of a detention's conversations, withdrawn or not, in the order in which they were recorded
SELECT conversation_id, conversation_reports.held_on, conversation_reports.needs, conversation_reports.offered,
       conversation_reports.accepted, conversation_reports.outcome, conversation_reports.recorded_by,
       conversation_reports.recorded_at, withdrawn_by, withdrawn_at, withdrawn_because
FROM conversation_reports JOIN conversations USING (conversation_id)
WHERE detention_id = %(detention_id)s
ORDER BY position

-- change_conversation --
-- A conversation with the report that stands, or without one
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
