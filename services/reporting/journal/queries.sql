-- keep --
-- Events for the journal, in the order in which they came
INSERT INTO journal (event_id, type, house, case_id, time, correlation_id, data)
SELECT event_id, type, house, case_id, time, correlation_id, data
FROM unnest(%(event_id)b::uuid[], %(type)b::text[], %(house)b::text[], %(case_id)b::uuid[], %(time)b::timestamptz[],
            %(correlation_id)b::uuid[], %(data)b::jsonb[])
     WITH ORDINALITY AS given (event_id, type, house, case_id, time, correlation_id, data, place)
ORDER BY place

-- given_events --
-- The `event` of a put_… query: those of a batch, as they come
SELECT place AS position, event_id, type, house, time, data
FROM unnest(%(event_id)b::uuid[], %(type)b::text[], %(house)b::text[], %(time)b::timestamptz[], %(data)b::jsonb[])
     WITH ORDINALITY AS given (event_id, type, house, time, data, place)
