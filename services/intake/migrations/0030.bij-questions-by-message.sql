-- BIJ questions that came by message, and whether the house supports the municipality.

ALTER TABLE bij_questions ADD COLUMN sent_as text, ADD COLUMN supports boolean;
ALTER TABLE superseded_bij_answers ADD COLUMN supports boolean;
COMMENT ON COLUMN bij_questions.sent_as IS 'Refers to the reference and ids of the partner''s message, sealed with the texts; null of a question that was asked at the desk.';
