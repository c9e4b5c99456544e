-- keep --
-- One event for the journal
INSERT INTO journal (event_id, type, house, case_id, time, correlation_id, data)
VALUES (%(event_id)s, %(type)s, %(house)s, %(case_id)s, %(time)s, %(correlation_id)s, %(data)s)

-- put_referral --
-- A referral as registered
INSERT INTO referral (referral_id, house, subject_id, kind, referrer, received_on, municipality, sub_region, sex, age_class)
VALUES (%(referral_id)s, %(house)s, %(subject_id)s, %(kind)s, %(referrer)s, %(received_on)s, %(municipality)s, %(sub_region)s,
        %(sex)s, %(age_class)s)
ON CONFLICT DO NOTHING

-- put_tabling --
-- What a briefing decided on a referral
INSERT INTO tabling (referral_id, tabling, house, subject_id, referrer, municipality, sub_region, briefing_on, decision,
                     reason, rerouted_to)
VALUES (%(referral_id)s, %(tabling)s, %(house)s, %(subject_id)s, %(referrer)s, %(municipality)s, %(sub_region)s,
        %(briefing_on)s, %(decision)s, %(reason)s, %(rerouted_to)s)
ON CONFLICT DO NOTHING

-- put_opening --
-- A table case opened; its closing may be known already
INSERT INTO table_case (table_case_id, house, at_table, subject_id, municipality, sub_region, opened_on)
VALUES (%(table_case_id)s, %(house)s, %(table)s, %(subject_id)s, %(municipality)s, %(sub_region)s, %(opened_on)s)
ON CONFLICT (table_case_id) DO UPDATE
SET subject_id = excluded.subject_id, municipality = excluded.municipality, sub_region = excluded.sub_region,
    opened_on = excluded.opened_on

-- put_referred_again --
-- A referral that found its table case running
INSERT INTO referred_again (table_case_id, referral_id, house, at_table, referred_on)
VALUES (%(table_case_id)s, %(referral_id)s, %(house)s, %(table)s, %(referred_on)s)
ON CONFLICT DO NOTHING

-- put_detention --
-- A detention as registered; a change of its release date may be known already
INSERT INTO detention (detention_id, house, municipality, registered_on, own_aftercare, weighed, expected_release_on)
VALUES (%(detention_id)s, %(house)s, %(municipality)s, %(registered_on)s, %(own_aftercare)s, %(weighed)s,
        %(expected_release_on)s)
ON CONFLICT (detention_id) DO UPDATE
SET registered_on = excluded.registered_on, own_aftercare = excluded.own_aftercare, weighed = excluded.weighed,
    expected_release_on = excluded.expected_release_on
