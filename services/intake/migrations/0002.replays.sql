-- Requests for a replay that were refused: nothing is parked for them, and the same request again gets the same answer.

CREATE TABLE refused_replays (
    house       text NOT NULL,
    partner     text NOT NULL,
    message_id  uuid NOT NULL,
    reason      text NOT NULL,
    PRIMARY KEY (house, partner, message_id)
);
COMMENT ON TABLE refused_replays IS 'Kept as long as the inbox keeps the request.';
