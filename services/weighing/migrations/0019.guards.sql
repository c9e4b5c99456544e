-- Guards that the team overrode: the case goes to a table of the house all the same.

CREATE TABLE guard_overrides (
    referral_id    uuid NOT NULL REFERENCES referrals,
    guard          text NOT NULL,
    because_text   uuid NOT NULL,
    overridden_by  text NOT NULL,
    overridden_at  timestamptz NOT NULL,
    withdrawn_by   text,
    withdrawn_at   timestamptz,
    PRIMARY KEY (referral_id, guard, overridden_at)
);
CREATE UNIQUE INDEX one_override_of_a_guard ON guard_overrides (referral_id, guard) WHERE withdrawn_at IS NULL;
COMMENT ON TABLE guard_overrides IS 'Rows are only ever added, and end when somebody withdraws the override.';
COMMENT ON COLUMN guard_overrides.because_text IS 'The sealed text with the reason.';
