-- Which contact moments partners sent: their answer goes back by message.

CREATE TABLE questions_by_message (
    contact_moment_id  uuid PRIMARY KEY REFERENCES contact_moments ON DELETE CASCADE,
    partner            text NOT NULL,
    sent_as            bytea NOT NULL
);
COMMENT ON TABLE questions_by_message IS 'sent_as has the reference and ids of the partner''s message, sealed with the data key of the contact moment.';
