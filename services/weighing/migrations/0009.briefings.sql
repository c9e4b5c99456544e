-- A briefing is held on the weekday of its sub-region, unless somebody moves, cancels or adds one.

CREATE TABLE briefings (
    briefing_id  uuid PRIMARY KEY,
    house        text NOT NULL,
    sub_region   text NOT NULL,
    on_day       date NOT NULL,
    by_rule      date,
    state        text NOT NULL CHECK (state IN ('planned', 'prepared', 'held', 'settled', 'cancelled')),
    UNIQUE (house, sub_region, by_rule)
);
CREATE UNIQUE INDEX briefings_one_a_day ON briefings (house, sub_region, on_day) WHERE state <> 'cancelled';
COMMENT ON TABLE briefings IS 'The briefings of which something was recorded; one that follows the weekday has no row until then.';
COMMENT ON COLUMN briefings.by_rule IS 'The day that the weekday gives; NULL for an extra briefing.';

CREATE TABLE briefing_changes (
    position     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    briefing_id  uuid NOT NULL REFERENCES briefings,
    state        text NOT NULL,
    on_day       date NOT NULL,
    because      text,
    recorded_by  text NOT NULL,
    recorded_at  timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX briefing_changes_by_briefing ON briefing_changes (briefing_id, position);
COMMENT ON TABLE briefing_changes IS 'What was recorded of a briefing, one row after the other; the last row counts.';

CREATE TABLE briefing_items (
    briefing_id  uuid NOT NULL REFERENCES briefings,
    referral_id  uuid NOT NULL REFERENCES referrals,
    tabling      integer NOT NULL,
    PRIMARY KEY (briefing_id, referral_id)
);
CREATE INDEX briefing_items_by_referral ON briefing_items (referral_id);
COMMENT ON TABLE briefing_items IS 'The referrals on the agenda of a briefing when it was cancelled: they come back if the briefing is held after all.';
