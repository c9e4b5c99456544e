-- Whose cases run at ZSM, as intake recognised them on a list of suspects.

CREATE TABLE suspects (
    case_id    uuid PRIMARY KEY,
    house      text NOT NULL,
    listed_on  date NOT NULL
);
CREATE INDEX suspects_by_day ON suspects (house, listed_on);
COMMENT ON TABLE suspects IS 'Shown for some days, and deleted after that.';
