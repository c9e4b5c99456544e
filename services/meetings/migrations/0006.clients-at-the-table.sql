-- Whether the weighing team wants the client at the meeting, of the decisions that say so.

CREATE TABLE clients_at_table (
    referral_id            uuid PRIMARY KEY,
    house                  text NOT NULL,
    weighed_on             date NOT NULL,
    wanted                 boolean NOT NULL,
    contra_indications     text[] NOT NULL,
    case_holder_consulted  boolean NOT NULL
);
COMMENT ON TABLE clients_at_table IS 'By the referral, as the decision that counts says; gone when a decision that counts does not.';
