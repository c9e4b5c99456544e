-- The text at intake that names whom one can ask about an answer.

ALTER TABLE information_requests ADD COLUMN contact_id uuid;
