-- intake --
-- As many subjects, each with a BSN, a name and one referral on which a municipality was asked
WITH cases AS MATERIALIZED (
    SELECT gen_random_uuid() AS subject_id, gen_random_uuid() AS case_id, gen_random_uuid() AS referral_id,
           decode(repeat(md5(n::text), 8), 'hex') AS sealed, '2014-06-01'::date + n %% 200 AS day
    FROM generate_series(1, %(cases)s) AS n
), a AS (
    INSERT INTO subjects SELECT subject_id, case_id, %(house)s, 'person', substring(sealed, 1, 60), sealed, day FROM cases
), b AS (
    INSERT INTO traits SELECT %(house)s, kind, sha256((kind || subject_id)::bytea), subject_id
    FROM cases, (VALUES ('bsn'), ('name')) AS trait (kind)
), c AS (
    INSERT INTO referrals SELECT referral_id, subject_id, %(house)s, 'arrest_notice', 'nationale-politie', gen_random_uuid(), day,
                                 'Leiden', 'Holland Rijnland', 'man', '23_and_over', false, true, sealed
    FROM cases
), d AS (
    INSERT INTO information_requests SELECT gen_random_uuid(), %(house)s, referral_id, 'gemeente-leiden', day + 7 FROM cases
), e AS (
    INSERT INTO disclosures (house, subject_id, disclosed_to, purpose, correlation_id, disclosed_at)
    SELECT %(house)s, subject_id, %(house)s || '.gemeente-leiden', 'information_request', gen_random_uuid(), day FROM cases
)
INSERT INTO inbox (sender, message_id, payload_hash)
SELECT sender, gen_random_uuid(), sha256(referral_id::text::bytea)
FROM cases, (VALUES (%(house)s || '.nationale-politie'), ('services'), ('services')) AS message (sender)

-- weighing --
-- As many referrals that were weighed, each with an information request
WITH cases AS MATERIALIZED (
    SELECT gen_random_uuid() AS referral_id, '2014-06-01'::date + n %% 200 AS day FROM generate_series(1, %(cases)s) AS n
), a AS (
    INSERT INTO referrals SELECT referral_id, %(house)s, gen_random_uuid(), gen_random_uuid(), 'arrest_notice', 'nationale-politie',
                                 day, 'Leiden', 'Holland Rijnland', 1, NULL
    FROM cases
), b AS (
    INSERT INTO information_requests SELECT gen_random_uuid(), %(house)s, referral_id, 'gemeente-leiden', day + 7 FROM cases
), c AS (
    INSERT INTO decisions (referral_id, tabling, house, briefing_on, decision, attendees, criteria, legal_ground, information_used)
    SELECT referral_id, 1, %(house)s, day + 7, 'bilateral', '{dji,halt}', '{}', 'covenant', '{}' FROM cases
)
INSERT INTO inbox (sender, message_id, payload_hash)
SELECT 'services', gen_random_uuid(), sha256(referral_id::text::bytea) FROM cases

-- meetings --
-- What is opened at the tables of as many referrals: one in six; half of it still runs
WITH cases AS MATERIALIZED (
    SELECT n, gen_random_uuid() AS id, '2014-06-01'::date + n %% 200 AS day FROM generate_series(1, %(cases)s) AS n
), a AS (
    INSERT INTO table_cases (table_case_id, house, case_id, subject_id, referral_id, at_table, municipality, sub_region, opened_on,
                             closed_on)
    SELECT id, %(house)s, gen_random_uuid(), gen_random_uuid(), id, 'aftercare', 'Leiden', 'Holland Rijnland', day,
           CASE WHEN n %% 12 = 0 THEN day + 100 END
    FROM cases WHERE n %% 6 = 0
), b AS (
    INSERT INTO table_case_referrals SELECT id, id, day FROM cases WHERE n %% 6 = 0
)
INSERT INTO inbox (sender, message_id, payload_hash) SELECT 'services', gen_random_uuid(), sha256(id::text::bytea) FROM cases

-- aftercare --
-- The detentions among as many referrals, one in four, which are over, and the aftercare table's cases, one in eight
WITH cases AS MATERIALIZED (
    SELECT n, gen_random_uuid() AS id, gen_random_uuid() AS case_id, '2014-06-01'::date + n %% 200 AS day
    FROM generate_series(1, %(cases)s) AS n
    WHERE n %% 4 = 0
), a AS (
    INSERT INTO detentions (detention_id, house, case_id, subject_id, referral_id, municipality, institution, detained_on,
                            own_aftercare, registered_on, open_until)
    SELECT id, %(house)s, case_id, gen_random_uuid(), id, 'Leiden', 'pi_alphen_aan_den_rijn', day, false, day, day + 100
    FROM cases
), b AS (
    INSERT INTO release_dates (house, detention_id, release_on, source, changed_on)
    SELECT %(house)s, id, day + 100, 'notice', day FROM cases
), c AS (
    INSERT INTO releases (detention_id, released_on, house, prepared)
    SELECT id, day + 100, %(house)s, CASE n %% 200 WHEN 0 THEN 'nothing' ELSE 'plan' END FROM cases
), d AS (
    INSERT INTO table_cases (table_case_id, house, case_id, opened_on) SELECT id, %(house)s, case_id, day FROM cases WHERE n %% 8 = 0
)
INSERT INTO inbox (sender, message_id, payload_hash) SELECT 'services', gen_random_uuid(), sha256(id::text::bytea) FROM cases

-- reporting --
-- The events of as many referrals in the journal; their projections are filled by reporting's own means
WITH cases AS MATERIALIZED (
    SELECT gen_random_uuid() AS id, '2014-06-01'::date + n %% 200 AS day FROM generate_series(1, %(cases)s) AS n
), a AS (
    INSERT INTO journal (event_id, type, house, case_id, time, correlation_id, data)
    SELECT gen_random_uuid(), type, %(house)s, id, day, gen_random_uuid(),
           jsonb_build_object('referralId', id, 'subjectId', gen_random_uuid(), 'municipality', 'Leiden', 'stored', md5(id::text))
    FROM cases, (VALUES ('referrals.registered.v1'), ('referrals.weighed.v1')) AS event (type)
)
INSERT INTO inbox (sender, message_id, payload_hash)
SELECT 'services', gen_random_uuid(), sha256(id::text::bytea) FROM cases, generate_series(1, 2)
