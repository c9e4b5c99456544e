-- When each partner's last list of suspects was of.

CREATE TABLE suspect_lists (
    house      text NOT NULL,
    partner    text NOT NULL,
    listed_on  date NOT NULL,
    PRIMARY KEY (house, partner)
);
COMMENT ON TABLE suspect_lists IS 'Says nothing of who was on a list.';
