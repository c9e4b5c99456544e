-- add_question --
-- By what a partner knows the question that it sent
INSERT INTO questions_by_message (contact_moment_id, partner, sent_as)
VALUES (%(contact_moment_id)s, %(partner)s, %(sent_as)s)

-- question --
-- Which partner sent the question, and by what it knows it, sealed
SELECT partner, sent_as FROM questions_by_message WHERE contact_moment_id = %(contact_moment_id)s
