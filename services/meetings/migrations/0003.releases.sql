-- When the subjects of table cases are released.

CREATE TABLE releases (
    detention_id  uuid PRIMARY KEY,
    house         text NOT NULL,
    case_id       uuid NOT NULL,
    release_on    date,
    changed_on    date NOT NULL
);
CREATE INDEX releases_by_case ON releases (house, case_id);
COMMENT ON TABLE releases IS 'Release dates that changed since the detention notice; release_on is null if none is known any more.';
