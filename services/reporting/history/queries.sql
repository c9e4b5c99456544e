-- oldest --
-- For each queue with messages a moment of before the oldest of them came, as it was known last
SELECT oldest FROM watched

-- last_minute --
-- The counters at the end of the last minute, locked; no row while another replica of reporting writes, or just did
SELECT nullif(at, '-infinity') AS ended, readings FROM watched
WHERE at < %(at)s::timestamptz - make_interval(secs => %(apart)s)
FOR UPDATE SKIP LOCKED

-- put_watched --
-- Put the counters at the end of this minute
UPDATE watched SET at = %(at)s, readings = %(readings)s, oldest = %(oldest)s

-- add_throughput --
-- Add what each service did in a minute
INSERT INTO throughput (at, service, seconds, taken, published)
SELECT %(at)s, service, %(seconds)s, taken, published
FROM unnest(%(service)s::text[], %(taken)s::bigint[], %(published)s::bigint[]) AS done (service, taken, published)

-- add_to_partner_days --
-- Add the messages of a minute to the day of each partner
INSERT INTO partner_day (house, partner, day, received, refused, sent, last_received_at, last_sent_at)
SELECT
    house, partner, %(day)s, received, refused, sent,
    CASE WHEN received > 0 THEN %(at)s::timestamptz END,
    CASE WHEN sent > 0 THEN %(at)s::timestamptz END
FROM unnest(%(house)s::text[], %(partner)s::text[], %(received)s::bigint[], %(refused)s::bigint[], %(sent)s::bigint[])
    AS done (house, partner, received, refused, sent)
ON CONFLICT (house, partner, day) DO UPDATE SET
    received = partner_day.received + excluded.received,
    refused = partner_day.refused + excluded.refused,
    sent = partner_day.sent + excluded.sent,
    last_received_at = coalesce(excluded.last_received_at, partner_day.last_received_at),
    last_sent_at = coalesce(excluded.last_sent_at, partner_day.last_sent_at)

-- prolong_problems --
-- Tell of the problems that are known already how long they last: replicas see a problem begin seconds apart
WITH told AS (
    SELECT * FROM unnest(
        %(concern)s::text[], %(about)s::text[], %(since)s::timestamptz[], %(until)s::timestamptz[], %(amount)s::double precision[]
    ) AS told (concern, about, since, until, amount)
), latest AS (
    SELECT DISTINCT ON (known.id) known.id, told.until, greatest(told.amount, known.amount) AS amount
    FROM told JOIN platform_problem AS known USING (concern, about)
    WHERE coalesce(known.until, 'infinity') >= told.since - make_interval(secs => %(apart)s)
      AND known.since <= coalesce(told.until, 'infinity')
    ORDER BY known.id, told.until DESC NULLS FIRST
)
UPDATE platform_problem AS problem SET until = latest.until, amount = latest.amount FROM latest WHERE problem.id = latest.id

-- add_problems --
-- Add the problems that are not known yet
INSERT INTO platform_problem (id, concern, about, since, until, amount)
SELECT id, concern, about, since, until, amount
FROM unnest(
    %(id)s::uuid[], %(concern)s::text[], %(about)s::text[], %(since)s::timestamptz[], %(until)s::timestamptz[], %(amount)s::double precision[]
) AS told (id, concern, about, since, until, amount)
WHERE NOT EXISTS (
    SELECT FROM platform_problem AS known
    WHERE known.concern = told.concern AND known.about = told.about
      AND coalesce(known.until, 'infinity') >= told.since - make_interval(secs => %(apart)s)
      AND known.since <= coalesce(told.until, 'infinity')
)

-- end_problems --
-- End the problems that are there no more: their end was seen by no replica that runs
UPDATE platform_problem AS known SET until = %(at)s
WHERE until IS NULL AND NOT EXISTS (
    SELECT FROM unnest(%(concern)s::text[], %(about)s::text[]) AS lasting (concern, about)
    WHERE lasting.concern = known.concern AND lasting.about = known.about
)

-- delete_throughput --
-- Delete some of the rows that are kept no longer
DELETE FROM throughput WHERE (at, service) IN (
    SELECT at, service FROM throughput WHERE at < %(at)s::timestamptz - make_interval(days => %(days)s) ORDER BY at LIMIT %(most)s
)

-- delete_partner_days --
-- Delete days that are kept no longer, but of no partner the newest
DELETE FROM partner_day AS old
WHERE day < %(at)s::timestamptz - make_interval(days => %(days)s) AND EXISTS (
    SELECT FROM partner_day AS newer WHERE newer.house = old.house AND newer.partner = old.partner AND newer.day > old.day
)

-- delete_problems --
-- Delete problems that ended so long ago
DELETE FROM platform_problem WHERE until < %(at)s::timestamptz - make_interval(days => %(days)s)

-- pieces --
-- What each service took in each piece of a period
SELECT
    service, ceil(date_part('epoch', at - %(begin)s) / %(step)s)::integer - 1 AS piece,
    sum(taken)::bigint AS taken, sum(seconds) AS seconds
FROM throughput
WHERE at > %(begin)s AND at <= %(end)s
GROUP BY service, piece

-- partner_days --
-- The figures of a day of each partner, and when its last message came and the last one for it was sent, on any day
SELECT
    house, partner,
    coalesce(sum(received) FILTER (WHERE day = %(day)s), 0)::bigint AS received,
    coalesce(sum(refused) FILTER (WHERE day = %(day)s), 0)::bigint AS refused,
    coalesce(sum(sent) FILTER (WHERE day = %(day)s), 0)::bigint AS sent,
    max(last_received_at) AS last_received_at, max(last_sent_at) AS last_sent_at
FROM partner_day
WHERE %(house)s::text IS NULL OR house = %(house)s
GROUP BY house, partner
ORDER BY house, partner

-- problem_known --
-- Whether there is a problem with this id
SELECT id FROM platform_problem WHERE id = %(cursor)s

-- problems --
-- Problems, the newest first, from after the cursor on
SELECT id, concern, about, since, until, amount FROM platform_problem
WHERE %(cursor)s::uuid IS NULL OR (since, id) < (SELECT since, id FROM platform_problem WHERE id = %(cursor)s)
ORDER BY since DESC, id DESC LIMIT %(limit)s
