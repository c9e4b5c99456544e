-- Detentions that aftercare withdrew, by the referral that told of each; restored ones stay, so that events may come in any order.

CREATE TABLE detentions_withdrawn (
    referral_id  uuid PRIMARY KEY,
    withdrawn    boolean NOT NULL,
    told_by      uuid NOT NULL
);
COMMENT ON COLUMN detentions_withdrawn.told_by IS 'The event that told it, of those heard the one with the greatest id.';
