-- Who sits at a briefing, from which item of its agenda to which; and the agenda as it stood when the briefing was held.

ALTER TABLE briefings ADD COLUMN version integer NOT NULL DEFAULT 1;
COMMENT ON COLUMN briefings.version IS 'Goes up with each change, so that of two people who write down the seats nobody overwrites the other.';

ALTER TABLE briefing_items ADD COLUMN number integer;
COMMENT ON COLUMN briefing_items.number IS 'Its number on the agenda of a briefing that was held; NULL of one that was cancelled.';

CREATE TABLE briefing_seats (
    briefing_id  uuid NOT NULL REFERENCES briefings,
    place        integer NOT NULL,
    partner      text,
    name         text NOT NULL,
    person       text,
    guest        boolean NOT NULL,
    chair        boolean NOT NULL,
    from_item    integer NOT NULL CHECK (from_item >= 1),
    to_item      integer CHECK (to_item >= from_item),
    PRIMARY KEY (briefing_id, place),
    CHECK (guest OR partner IS NOT NULL)
);
COMMENT ON TABLE briefing_seats IS 'Who sits at a briefing. The name is of a professional, typed by hand: it leaves this table for the screen alone.';
COMMENT ON COLUMN briefing_seats.person IS 'The id of the person, as the audit log has it, if the person wrote itself down.';
