-- A notice that was taken for one of another stay is separated from it, and a withdrawal of a detention can be a slip itself.

ALTER TABLE notices
    ADD COLUMN withdrawn_by text,
    ADD COLUMN withdrawn_because text,
    ADD COLUMN withdrawn_at timestamptz;
COMMENT ON COLUMN notices.withdrawn_at IS 'Somebody separated the notice from this detention: it stands again with a detention of its own.';

CREATE TABLE detention_withdrawals (
    position           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    detention_id       uuid NOT NULL REFERENCES detentions,
    taken_on           date NOT NULL,
    reason             text NOT NULL,
    because            text NOT NULL,
    recorded_by        text NOT NULL,
    recorded_at        timestamptz NOT NULL DEFAULT now(),
    withdrawn_by       text,
    withdrawn_because  text,
    withdrawn_at       timestamptz
);
CREATE INDEX detention_withdrawals_in_order ON detention_withdrawals (detention_id, position);
COMMENT ON TABLE detention_withdrawals IS 'Each time that a detention was withdrawn; what is not withdrawn itself stands in detentions too.';
INSERT INTO detention_withdrawals (detention_id, taken_on, reason, because, recorded_by, recorded_at)
SELECT detention_id, withdrawn_on, withdrawal, withdrawn_because, withdrawn_by, withdrawn_at
FROM detentions WHERE withdrawn_on IS NOT NULL;
CREATE TRIGGER as_recorded BEFORE UPDATE OR DELETE ON detention_withdrawals
    FOR EACH ROW EXECUTE FUNCTION stay_as_recorded();
