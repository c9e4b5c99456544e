-- What is particular about a referral that waits: it is urgent, linked with others, or settled beforehand.

CREATE TABLE item_marks (
    referral_id   uuid PRIMARY KEY REFERENCES referrals,
    tabling       integer NOT NULL,
    urgent        boolean NOT NULL,
    settled_text  uuid,
    marked_by     text NOT NULL,
    marked_at     timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE item_marks IS 'What a coordinator noted about a referral; counts at that tabling alone.';
COMMENT ON COLUMN item_marks.settled_text IS 'The sealed text that says why all is arranged already; NULL if it is not.';

CREATE TABLE item_links (
    referral_id  uuid NOT NULL REFERENCES referrals,
    linked_with  uuid NOT NULL REFERENCES referrals,
    PRIMARY KEY (referral_id, linked_with)
);
CREATE INDEX item_links_back ON item_links (linked_with);
COMMENT ON TABLE item_links IS 'Referrals that are discussed together, each link both ways. Those of one subject need none.';
