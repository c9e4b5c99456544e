-- What partners tell of somebody at no table after the decision waits for the information coordinator.

CREATE TABLE late_information (
    information_id    uuid PRIMARY KEY,
    house             text NOT NULL,
    referral_id       uuid NOT NULL REFERENCES referrals,
    request_id        uuid NOT NULL REFERENCES information_requests,
    partner           text NOT NULL,
    told_on           date NOT NULL,
    guard             text,
    contribution_ids  uuid[],
    returned_at       timestamptz NOT NULL DEFAULT now(),
    ended_on          date,
    read_by           text,
    CHECK (read_by IS NULL OR ended_on IS NOT NULL)
);
CREATE INDEX late_information_by_request ON late_information (request_id);
CREATE INDEX late_information_by_referral ON late_information (referral_id);
CREATE INDEX late_information_waiting ON late_information (house, told_on) WHERE ended_on IS NULL;
COMMENT ON TABLE late_information IS 'That a partner told something after the decision; what it told is at intake.';
COMMENT ON COLUMN late_information.guard IS 'Whose platform said with it that the case runs there.';
COMMENT ON COLUMN late_information.returned_at IS 'Since when it is known that the person is at no table.';
COMMENT ON COLUMN late_information.ended_on IS 'When somebody read it, who is read_by; or others had it: the team on its board, or whoever holds the case.';
