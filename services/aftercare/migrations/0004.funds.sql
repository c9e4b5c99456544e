-- The funds: who may spend what, and a double-entry ledger that keeps itself right (docs/adr/0019).
-- The service's role may not truncate; nothing here is for its owner, who could take all rules away.

CREATE TABLE fund_years (
    house      text NOT NULL,
    fund       text NOT NULL,
    year       integer NOT NULL,
    closed_on  date,
    closed_by  text,
    decision   text,
    PRIMARY KEY (house, fund, year),
    CONSTRAINT a_closing_tells_by_whom CHECK ((closed_on IS NULL) = (closed_by IS NULL) AND (closed_on IS NULL) = (decision IS NULL))
);
COMMENT ON TABLE fund_years IS 'The years of a fund in which something was booked. A closed one takes no entry.';

CREATE TABLE accounts (
    account_id    bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    house         text NOT NULL,
    fund          text NOT NULL,
    year          integer NOT NULL,
    kind          text NOT NULL,
    line          text,
    municipality  text,
    about         uuid,
    balance       numeric(14,2) NOT NULL DEFAULT 0,
    FOREIGN KEY (house, fund, year) REFERENCES fund_years,
    UNIQUE NULLS NOT DISTINCT (house, fund, year, kind, line, municipality, about),
    CONSTRAINT what_it_is_of CHECK (CASE kind
        WHEN 'grant' THEN municipality IS NOT NULL AND line IS NULL AND about IS NULL
        WHEN 'contribution' THEN municipality IS NOT NULL AND line IS NULL AND about IS NULL
        WHEN 'unassigned' THEN municipality IS NULL AND line IS NULL AND about IS NULL
        WHEN 'available' THEN municipality IS NULL AND line IS NOT NULL AND about IS NULL
        WHEN 'commitment' THEN municipality IS NULL AND line IS NOT NULL AND about IS NOT NULL
        WHEN 'spent' THEN municipality IS NULL AND line IS NOT NULL AND about IS NOT NULL
        WHEN 'advance' THEN municipality IS NULL AND line IS NOT NULL AND about IS NOT NULL
        ELSE false END),
    CONSTRAINT never_overdrawn CHECK (CASE WHEN kind IN ('grant', 'contribution') THEN balance <= 0 ELSE balance >= 0 END)
);
CREATE INDEX accounts_by_about ON accounts (about);
COMMENT ON COLUMN accounts.balance IS 'The sum of its postings; postings alone change it.';
COMMENT ON COLUMN accounts.about IS 'The commitment or advance.';

CREATE TABLE entries (
    position     bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
    entry_id     uuid PRIMARY KEY,
    house        text NOT NULL,
    fund         text NOT NULL,
    year         integer NOT NULL,
    kind         text NOT NULL CHECK (kind IN ('allotment', 'budget', 'contribution', 'commitment', 'spending', 'release',
                                               'advance', 'repayment', 'correction')),
    about        uuid,
    booked_on    date NOT NULL,
    booked_by    text NOT NULL,
    decision     text NOT NULL CHECK (decision <> ''),
    corrects     uuid UNIQUE REFERENCES entries,
    booked_at    timestamptz NOT NULL DEFAULT now(),
    transaction  xid8 NOT NULL DEFAULT pg_current_xact_id(),
    FOREIGN KEY (house, fund, year) REFERENCES fund_years,
    CONSTRAINT a_correction_corrects CHECK ((kind = 'correction') = (corrects IS NOT NULL))
);
CREATE INDEX entries_in_order ON entries (house, position);
CREATE INDEX entries_by_about ON entries (about);
COMMENT ON COLUMN entries.booked_by IS 'The caller; decision: on which decision.';
COMMENT ON COLUMN entries.transaction IS 'In which it was booked: no other may add a posting.';

CREATE TABLE postings (
    entry_id    uuid NOT NULL REFERENCES entries,
    account_id  bigint NOT NULL REFERENCES accounts,
    amount      numeric(14,2) NOT NULL CHECK (amount <> 0),
    PRIMARY KEY (entry_id, account_id)
);
CREATE INDEX postings_by_account ON postings (account_id);

CREATE TABLE allotments (
    entry_id      uuid NOT NULL REFERENCES entries,
    municipality  text NOT NULL,
    outflow       integer NOT NULL CHECK (outflow >= 0),
    amount        numeric(14,2) NOT NULL CHECK (amount >= 0),
    applies       text NOT NULL CHECK (applies IN ('house', 'municipality')),
    PRIMARY KEY (entry_id, municipality)
);
COMMENT ON TABLE allotments IS 'How an allotment is divided. What a municipality asks for by itself is not in the ledger.';

CREATE TABLE commitments (
    position       bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
    commitment_id  uuid PRIMARY KEY,
    house          text NOT NULL,
    fund           text NOT NULL,
    year           integer NOT NULL,
    line           text NOT NULL,
    provider       text NOT NULL,
    municipality   text,
    assignment_id  uuid,
    needs          text[] NOT NULL,
    FOREIGN KEY (house, fund, year) REFERENCES fund_years
);
CREATE INDEX commitments_by_year ON commitments (house, fund, year);
CREATE INDEX commitments_by_assignment ON commitments (assignment_id);
COMMENT ON TABLE commitments IS 'What was promised to a provider; how much of it is left is the balance of its account.';

CREATE TABLE advances (
    position      bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
    advance_id    uuid PRIMARY KEY,
    house         text NOT NULL,
    fund          text NOT NULL,
    year          integer NOT NULL,
    line          text NOT NULL,
    case_id       uuid NOT NULL,
    municipality  text NOT NULL,
    FOREIGN KEY (house, fund, year) REFERENCES fund_years
);
CREATE INDEX advances_by_case ON advances (house, case_id);
COMMENT ON TABLE advances IS 'What somebody was lent; what is outstanding is the balance of its account.';

CREATE TABLE instalments (
    advance_id  uuid NOT NULL REFERENCES advances,
    due_on      date NOT NULL,
    amount      numeric(14,2) NOT NULL CHECK (amount > 0),
    PRIMARY KEY (advance_id, due_on)
);

CREATE FUNCTION take_no_entry_when_closed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- shared with other bookings; whoever closes the year waits for them, and they for the closing
    PERFORM FROM fund_years WHERE (house, fund, year) = (NEW.house, NEW.fund, NEW.year) AND closed_on IS NULL FOR SHARE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'the year is closed' USING ERRCODE = 'check_violation';
    END IF;
    NEW.transaction := pg_current_xact_id();
    RETURN NEW;
END $$;
CREATE TRIGGER no_entry_when_closed BEFORE INSERT ON entries FOR EACH ROW EXECUTE FUNCTION take_no_entry_when_closed();

CREATE FUNCTION stay_closed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.closed_on IS NOT NULL THEN
        RAISE EXCEPTION 'the year is closed' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER closed_for_good BEFORE UPDATE ON fund_years FOR EACH ROW EXECUTE FUNCTION stay_closed();

CREATE FUNCTION belong_to_the_entry() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM entries JOIN accounts USING (house, fund, year)
    WHERE entry_id = NEW.entry_id AND account_id = NEW.account_id AND transaction = pg_current_xact_id();
    IF NOT FOUND THEN
        RAISE EXCEPTION 'a posting is booked with its entry, on an account of its fund and year' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER booked_with_its_entry BEFORE INSERT ON postings FOR EACH ROW EXECUTE FUNCTION belong_to_the_entry();

CREATE FUNCTION add_to_balances() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- in one order, so that two bookings on the same accounts can't wait for each other
    PERFORM FROM accounts WHERE account_id IN (SELECT account_id FROM booked) ORDER BY account_id FOR NO KEY UPDATE;
    UPDATE accounts SET balance = balance + change.amount
    FROM (SELECT account_id, sum(amount) AS amount FROM booked GROUP BY account_id) AS change
    WHERE accounts.account_id = change.account_id;
    RETURN NULL;
END $$;
CREATE TRIGGER balances AFTER INSERT ON postings REFERENCING NEW TABLE AS booked
    FOR EACH STATEMENT EXECUTE FUNCTION add_to_balances();

CREATE FUNCTION leave_balances_to_postings() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (TG_OP = 'INSERT' AND NEW.balance <> 0) OR (TG_OP <> 'INSERT' AND pg_trigger_depth() = 1) THEN
        RAISE EXCEPTION 'postings alone change an account' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER by_postings_alone BEFORE INSERT OR UPDATE OR DELETE ON accounts
    FOR EACH ROW EXECUTE FUNCTION leave_balances_to_postings();

CREATE FUNCTION balance_the_entry() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT count(*) < 2 OR sum(amount) <> 0 FROM postings WHERE entry_id = NEW.entry_id) THEN
        RAISE EXCEPTION 'an entry balances' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER an_entry_balances AFTER INSERT ON entries
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION balance_the_entry();
CREATE CONSTRAINT TRIGGER an_entry_still_balances AFTER INSERT ON postings
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION balance_the_entry();

CREATE FUNCTION stay_as_booked() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what is booked stays: it is corrected by a counter-entry' USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER as_booked BEFORE UPDATE OR DELETE ON entries FOR EACH ROW EXECUTE FUNCTION stay_as_booked();
CREATE TRIGGER as_booked BEFORE UPDATE OR DELETE ON postings FOR EACH ROW EXECUTE FUNCTION stay_as_booked();
CREATE TRIGGER as_booked BEFORE UPDATE OR DELETE ON allotments FOR EACH ROW EXECUTE FUNCTION stay_as_booked();
CREATE TRIGGER as_booked BEFORE UPDATE OR DELETE ON commitments FOR EACH ROW EXECUTE FUNCTION stay_as_booked();
CREATE TRIGGER as_booked BEFORE UPDATE OR DELETE ON advances FOR EACH ROW EXECUTE FUNCTION stay_as_booked();
CREATE TRIGGER as_booked BEFORE UPDATE OR DELETE ON instalments FOR EACH ROW EXECUTE FUNCTION stay_as_booked();
