-- DJI's yearly outflow lists, as they came. No name and no BSN stands here: a case id leads to both, in intake alone.

CREATE TABLE outflow_parts (
    house       text NOT NULL,
    partner     text NOT NULL,
    message_id  uuid NOT NULL,
    list_year   integer NOT NULL,
    part        integer NOT NULL CHECK (part BETWEEN 1 AND parts),
    parts       integer NOT NULL,
    rows        integer NOT NULL,
    heard       integer NOT NULL DEFAULT 1 CHECK (heard BETWEEN 1 AND rows),
    state       text NOT NULL DEFAULT 'coming' CHECK (state IN ('coming', 'standing', 'replaced', 'refused')),
    PRIMARY KEY (house, partner, message_id),
    CONSTRAINT judged_when_whole CHECK (state = 'coming' OR heard = rows)
);
CREATE UNIQUE INDEX one_standing_part ON outflow_parts (house, list_year, part) WHERE state = 'standing';
COMMENT ON TABLE outflow_parts IS 'Parts of lists, a message each, with how many of their rows have come in; the standing ones count.';

CREATE TABLE outflows (
    outflow_id    uuid PRIMARY KEY,
    house         text NOT NULL,
    partner       text NOT NULL,
    message_id    uuid NOT NULL,
    row           integer NOT NULL,
    case_id       uuid,
    municipality  text NOT NULL,
    institution   text NOT NULL,
    detained_on   date NOT NULL,
    released_on   date NOT NULL,
    UNIQUE (house, partner, message_id, row),
    FOREIGN KEY (house, partner, message_id) REFERENCES outflow_parts
);
COMMENT ON COLUMN outflows.case_id IS 'Null when nobody here is known by it.';
