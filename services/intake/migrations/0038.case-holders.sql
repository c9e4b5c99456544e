-- Who holds the cases at tables, as meetings tells: the partner of the plan that stands reads what came late.

CREATE TABLE case_holders (
    action_plan_id uuid PRIMARY KEY,
    table_case_id  uuid NOT NULL,
    partner        text,
    told_by        uuid NOT NULL
);
CREATE INDEX case_holders_by_table_case ON case_holders (table_case_id);
COMMENT ON TABLE case_holders IS 'The case holder of each action plan. Of the plans of a table case that are not withdrawn the last one stands.';
COMMENT ON COLUMN case_holders.partner IS 'Null if the plan is withdrawn.';
COMMENT ON COLUMN case_holders.told_by IS 'The event that told it: of two the greater id counts.';
