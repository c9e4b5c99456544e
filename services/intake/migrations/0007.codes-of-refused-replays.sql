-- Each kind of refusal of a replay has a code of its own, also when the same request comes again.

ALTER TABLE refused_replays ADD COLUMN code text;
COMMENT ON COLUMN refused_replays.code IS 'Null for refusals of before.';
