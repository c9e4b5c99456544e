-- A decision that is taken back leaves what an earlier decision on its referral said and did: each is kept by its tabling.

ALTER TABLE repeats ADD COLUMN for_table boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN repeats.for_table IS 'Whether the decision brings the case to the table of this table case; false in rows of before.';

-- These facts have another key than in the version before. Its workers write its tables until the last of them has stopped;
-- what they write is copied. A later version drops both tables, their triggers and functions.
CREATE TABLE weighed_clients (
    referral_id            uuid NOT NULL,
    tabling                integer NOT NULL,
    house                  text NOT NULL,
    weighed_on             date NOT NULL,
    wanted                 boolean NOT NULL,
    contra_indications     text[] NOT NULL,
    case_holder_consulted  boolean NOT NULL,
    PRIMARY KEY (referral_id, tabling)
);
COMMENT ON TABLE weighed_clients IS 'Whether the weighing team wants the client at the meeting, of the decisions that count and say so.';
COMMENT ON COLUMN weighed_clients.tabling IS '0 from before: the only one.';
COMMENT ON TABLE clients_at_table IS 'As the version before keeps it: see weighed_clients.';

CREATE FUNCTION copy_client() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        DELETE FROM weighed_clients WHERE referral_id = OLD.referral_id AND tabling = coalesce(OLD.tabling, 0);
    ELSE
        INSERT INTO weighed_clients
        SELECT NEW.referral_id, coalesce(NEW.tabling, 0), NEW.house, NEW.weighed_on, NEW.wanted, NEW.contra_indications,
               NEW.case_holder_consulted
        ON CONFLICT (referral_id, tabling) DO UPDATE
        SET weighed_on = excluded.weighed_on, wanted = excluded.wanted, contra_indications = excluded.contra_indications,
            case_holder_consulted = excluded.case_holder_consulted;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER copied AFTER INSERT OR UPDATE OR DELETE ON clients_at_table FOR EACH ROW EXECUTE FUNCTION copy_client();
INSERT INTO weighed_clients
SELECT referral_id, coalesce(tabling, 0), house, weighed_on, wanted, contra_indications, case_holder_consulted FROM clients_at_table;

CREATE TABLE tablings_of_merged_records (
    referral_id   uuid NOT NULL,
    tabling       integer NOT NULL,
    house         text NOT NULL,
    case_id       uuid NOT NULL,
    subject_id    uuid NOT NULL,
    municipality  text NOT NULL,
    sub_region    text NOT NULL,
    briefing_on   date NOT NULL,
    decision      text NOT NULL,
    opens_table   text,
    PRIMARY KEY (referral_id, tabling)
);
CREATE INDEX tablings_of_merged_records_by_subject ON tablings_of_merged_records (subject_id);
COMMENT ON TABLE tablings_of_merged_records IS
    'Decisions on people with several records, which may have found a table case of another record running. Empty for nearly all.';
COMMENT ON COLUMN tablings_of_merged_records.tabling IS '0 from before: the only one.';
COMMENT ON TABLE decisions_on_merged_records IS 'As the version before keeps them: see tablings_of_merged_records.';

CREATE FUNCTION copy_merged_decision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        DELETE FROM tablings_of_merged_records WHERE referral_id = OLD.referral_id;
    ELSE
        INSERT INTO tablings_of_merged_records
        SELECT NEW.referral_id, coalesce(NEW.tabling, 0), NEW.house, NEW.case_id, NEW.subject_id, NEW.municipality,
               NEW.sub_region, NEW.briefing_on, NEW.decision, NEW.opens_table
        ON CONFLICT (referral_id, tabling) DO UPDATE
        SET briefing_on = excluded.briefing_on, decision = excluded.decision, opens_table = excluded.opens_table;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER copied AFTER INSERT OR UPDATE OR DELETE ON decisions_on_merged_records
FOR EACH ROW EXECUTE FUNCTION copy_merged_decision();
INSERT INTO tablings_of_merged_records
SELECT referral_id, coalesce(tabling, 0), house, case_id, subject_id, municipality, sub_region, briefing_on, decision, opens_table
FROM decisions_on_merged_records;
