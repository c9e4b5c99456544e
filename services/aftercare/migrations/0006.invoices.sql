-- Providers' invoices, each paid once.

CREATE TABLE invoices (
    house     text NOT NULL,
    partner   text NOT NULL,
    number    text NOT NULL,
    entry_id  uuid NOT NULL REFERENCES entries,
    PRIMARY KEY (house, partner, number)
);
CREATE TRIGGER as_booked BEFORE UPDATE OR DELETE ON invoices FOR EACH ROW EXECUTE FUNCTION stay_as_booked();
