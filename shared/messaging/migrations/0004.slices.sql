-- Slices of the outbox, each carried by one relay at a time, so that a service can have several.
-- The table is rewritten, in a moment: what it holds are the events of some seconds, or of an outage.

ALTER TABLE outbox ADD COLUMN slice smallint NOT NULL GENERATED ALWAYS AS (
    (CASE exchange WHEN 'partners' THEN hashtext(routing_key) ELSE get_byte(uuid_send(ordering_key), 15) END & 15) + 1
) STORED;
COMMENT ON COLUMN outbox.slice IS 'From 1 to 16: by the last digit of the ordering key, and for what goes to a partner by the partner, '
    'so that one relay numbers its stream.';
