-- table_cases --
-- The table cases open at any moment of a period
SELECT subject_id, at_table AS table, municipality, opened_on, closed_on, outcome
FROM table_case
WHERE house = %(house)s AND coalesce(closed_on, 'infinity') >= %(first_day)s AND opened_on <= %(last_day)s

-- table_work --
-- What was done at each table in a period: sessions and the cases on their agendas, action plans and their agreements,
-- and referrals that found their table case running
SELECT at_table AS table, sum(sessions)::bigint AS sessions, sum(sessions_held)::bigint AS sessions_held,
       sum(cases_on_agenda)::bigint AS cases_on_agenda, sum(action_plans)::bigint AS action_plans,
       sum(agreements)::bigint AS agreements,
       sum(referred_again)::bigint AS referred_again
FROM (
    SELECT at_table, 1 AS sessions, held::integer AS sessions_held, cases AS cases_on_agenda, 0 AS action_plans,
           0 AS agreements, 0 AS referred_again
    FROM session
    WHERE house = %(house)s AND held_on BETWEEN %(first_day)s AND %(last_day)s
    UNION ALL
    SELECT at_table, 0, 0, 0, 1, agreements, 0
    FROM action_plan
    WHERE house = %(house)s AND agreed_on BETWEEN %(first_day)s AND %(last_day)s
    UNION ALL
    SELECT at_table, 0, 0, 0, 0, 0, 1
    FROM referred_again
    WHERE house = %(house)s AND referred_on BETWEEN %(first_day)s AND %(last_day)s
) AS work
GROUP BY at_table

-- monitoring_answers --
-- Monitoring moments answered in a period, by moment
SELECT moment, count(*) AS answered, count(*) FILTER (WHERE plan_stands) AS plan_stands
FROM answered_moment
WHERE house = %(house)s AND answered_on BETWEEN %(first_day)s AND %(last_day)s
GROUP BY moment
