-- add_refused_replay --
-- A request for a replay is refused; the same request again is to get the same reason
INSERT INTO refused_replays (house, partner, message_id, reason, code)
VALUES (%(house)s, %(partner)s, %(message_id)s, %(reason)s, %(code)s)

-- refused_replay --
-- Why this partner's request for a replay was refused
SELECT reason, code FROM refused_replays
WHERE house = %(house)s AND partner = %(partner)s AND message_id = %(message_id)s
