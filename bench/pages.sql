-- intake --
-- Referrals that wait until somebody has decided whom they are about
INSERT INTO set_aside (referral_id, house, kind, referrer, message_id, stated_at, received_on, case_id, told, conflicts_with,
                       body, set_aside_at)
SELECT gen_random_uuid(), %(house)s, 'arrest_notice', 'nationale-politie', gen_random_uuid(), now(), current_date,
       gen_random_uuid(), sha256(n::text::bytea), '{}', '', now()
FROM generate_series(1, 50) AS n

-- aftercare --
-- What was raised about the stored detentions, and three hundred more that end in six weeks at the latest and lack something
WITH raised AS (
    INSERT INTO overdue_preparations (detention_id, preparation, level, house, due_on)
    SELECT detention_id, 'conversation', level, house, release_on - 42
    FROM release_dates, unnest(ARRAY['aftercare_coordinator', 'process_director']) AS level
), waiting AS MATERIALIZED (
    SELECT n, gen_random_uuid() AS id FROM generate_series(1, 300) AS n
), detained AS (
    INSERT INTO detentions (detention_id, house, case_id, subject_id, referral_id, municipality, institution, detained_on,
                            own_aftercare, registered_on, open_until)
    SELECT id, %(house)s, gen_random_uuid(), gen_random_uuid(), id, 'Leiden', 'pi_alphen_aan_den_rijn', current_date - 90,
           false, current_date - 80, current_date + n %% 42
    FROM waiting
), told AS (
    INSERT INTO release_dates (house, detention_id, release_on, source, changed_on)
    SELECT %(house)s, id, current_date + n %% 42, 'notice', current_date - 80 FROM waiting
)
INSERT INTO overdue_preparations (detention_id, preparation, level, house, due_on, standing)
SELECT id, 'conversation', level, %(house)s, current_date - 42 + n %% 42, true
FROM waiting, unnest(ARRAY['aftercare_coordinator', 'process_director']) AS level

-- reporting --
-- What is kept of the platform's past: each minute of 35 days, each partner's days, and a thousand problems
WITH measured AS (
    INSERT INTO throughput
    SELECT at, service, 60, 100, 100
    FROM generate_series(now() - interval '35 days', now(), '1 minute') AS at,
         unnest(ARRAY['intake', 'weighing', 'meetings', 'aftercare', 'reporting']) AS service
), counted AS (
    INSERT INTO partner_day
    SELECT %(house)s, partner, day, 100, 1, 100, day, day
    FROM unnest(%(partners)s::text[]) AS partner, generate_series(current_date - 34, current_date, '1 day') AS day
), known AS (
    INSERT INTO platform_problem
    SELECT gen_random_uuid(), 'parked', 'intake', at, at + interval '5 minutes', 3
    FROM generate_series(now() - interval '1000 hours', now() - interval '1 hour', '1 hour') AS at
)
INSERT INTO watched DEFAULT VALUES
