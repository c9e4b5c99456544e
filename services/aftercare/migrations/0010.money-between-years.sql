-- An invoice over several commitments, advances that outlive their year, and what a closed year keeps of the profile.

ALTER TABLE invoices
    ADD COLUMN spelling text,
    DROP CONSTRAINT invoices_pkey,
    ADD PRIMARY KEY (entry_id);
CREATE INDEX invoices_by_number ON invoices (house, partner, coalesce(spelling, lower(btrim(number))));
COMMENT ON TABLE invoices IS 'What was paid of the invoices of providers: one row for each commitment that an invoice was paid from.';
COMMENT ON COLUMN invoices.spelling IS 'The number in the one spelling that all certain spellings of the number share.';

ALTER TABLE commitments ADD COLUMN cost text;
COMMENT ON COLUMN commitments.cost IS 'What the budget line was for when the commitment was made; unknown for a commitment of before.';

ALTER TABLE fund_years
    ADD COLUMN closed_at timestamptz,
    ADD COLUMN co_financing_percent numeric(5, 2),
    ADD COLUMN lines text[];
COMMENT ON COLUMN fund_years.lines IS 'The budget lines at the closing; with the percentage, they stay when the profile changes.';

ALTER TABLE entries
    ADD COLUMN because text CHECK (because <> ''),
    DROP CONSTRAINT entries_kind_check,
    ADD CONSTRAINT kind_of_entry CHECK (kind IN (
        'allotment', 'budget', 'contribution', 'commitment', 'spending', 'release', 'advance', 'repayment', 'write_off',
        'carry_over', 'correction')) NOT VALID;
ALTER TABLE entries VALIDATE CONSTRAINT kind_of_entry;

ALTER TABLE accounts
    DROP CONSTRAINT what_it_is_of,
    DROP CONSTRAINT never_overdrawn,
    ADD CONSTRAINT what_it_is_of CHECK (CASE
        WHEN kind IN ('grant', 'contribution') THEN municipality IS NOT NULL AND line IS NULL AND about IS NULL
        WHEN kind = 'unassigned' THEN municipality IS NULL AND line IS NULL AND about IS NULL
        WHEN kind = 'available' THEN municipality IS NULL AND line IS NOT NULL AND about IS NULL
        WHEN kind IN ('commitment', 'spent', 'advance', 'carried_in', 'carried_over')
            THEN municipality IS NULL AND line IS NOT NULL AND about IS NOT NULL
        ELSE false END) NOT VALID,
    ADD CONSTRAINT never_overdrawn CHECK (CASE
        WHEN kind IN ('grant', 'contribution', 'carried_in') THEN balance <= 0 ELSE balance >= 0 END) NOT VALID;
ALTER TABLE accounts VALIDATE CONSTRAINT what_it_is_of;
ALTER TABLE accounts VALIDATE CONSTRAINT never_overdrawn;
