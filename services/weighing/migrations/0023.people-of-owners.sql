-- Who of the partner does a follow-up, if somebody is named.

ALTER TABLE follow_ups ADD COLUMN person text;
COMMENT ON COLUMN follow_ups.person IS 'The id of the person of the owner who does it, as the audit log has it; NULL if it is the partner''s alone.';

CREATE TABLE people_of_owners (
    house   text NOT NULL,
    owner   text NOT NULL,
    person  text NOT NULL,
    name    text NOT NULL,
    PRIMARY KEY (house, owner, person)
);
COMMENT ON TABLE people_of_owners IS 'The professionals of partners who took a follow-up. The name leaves this table for the screen alone, and the row goes when the person leaves.';
