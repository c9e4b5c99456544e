-- kept_events --
-- The `event` of a put_… query: those of one type in a part of the journal
SELECT position, event_id, type, house, time, data
FROM journal
WHERE type = %(type)s AND position > %(after)s AND position <= %(until)s

-- journal_size --
-- How many events the journal holds, and the position of the last
SELECT count(*) AS events, coalesce(max(position), 0) AS last_position FROM journal

-- hold_journal --
-- Nobody adds to the journal until this transaction ends, so nobody adds to the projections either
LOCK TABLE journal IN SHARE ROW EXCLUSIVE MODE

-- empty_projections --
-- All projections, not the journal
WITH
    a AS (DELETE FROM referral), b AS (DELETE FROM tabling), c AS (DELETE FROM table_case),
    d AS (DELETE FROM referred_again), e AS (DELETE FROM session), f AS (DELETE FROM action_plan),
    g AS (DELETE FROM answered_moment), h AS (DELETE FROM detention),
    i AS (DELETE FROM aliases)
DELETE FROM aftercare_plan_of_day
