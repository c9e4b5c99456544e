"""Workers of the version before go on for minutes with the newer tables: newer reports count what they write."""

from services.reporting.tests.reports import Reports

ID = "00000000-0000-0000-0000-00000000000{}"
AS_BEFORE = (
    """INSERT INTO action_plan (event_id, table_case_id, house, at_table, agreed_on, agreements)
       VALUES (%(one)s, %(one)s, 'hollands-midden', 'focus', '2015-03-17', 4) ON CONFLICT DO NOTHING""",
    """INSERT INTO monitoring_answer (table_case_id, moment, due_on, house, answered_on, plan_stands)
       VALUES (%(one)s, 'week_1', '2015-03-24', 'hollands-midden', '2015-03-25', true),
              (%(one)s, 'week_1', '2015-03-31', 'hollands-midden', '2015-04-01', false) ON CONFLICT DO NOTHING""",
    """INSERT INTO aftercare_plan (detention_id, house, municipality, made_on, made_at, domains)
       VALUES (%(two)s, 'hollands-midden', 'Gouda', '2015-05-01', '2015-05-01T12:00:00Z',
               '[{"domain": "housing", "bottleneck": "yes", "referred": true}]')
       ON CONFLICT (detention_id) DO UPDATE
       SET municipality = excluded.municipality, made_on = excluded.made_on, made_at = excluded.made_at,
           domains = excluded.domains
       WHERE aftercare_plan.made_at <= excluded.made_at""",
)


def test_what_the_version_before_writes_is_counted(reports: Reports) -> None:
    for _ in range(2):  # the second time as for the same event that comes again
        for statement in AS_BEFORE:
            reports.connection.execute(statement, {"one": ID.format(1), "two": ID.format(2)})
    report = reports.report()
    assert {work.table: work.action_plans for work in report.tables}["focus"] == 1
    assert sum(moment.answered for moment in report.monitoring) == 1
    assert report.aftercare_plans.plans == 1
