-- The agenda of the briefings, what was asked and answered for them, and the team's decisions.

CREATE TABLE referrals (
    referral_id   uuid PRIMARY KEY,
    house         text NOT NULL,
    case_id       uuid NOT NULL,
    subject_id    uuid NOT NULL,
    kind          text NOT NULL,
    referrer      text NOT NULL,
    received_on   date NOT NULL,
    municipality  text NOT NULL,
    sub_region    text NOT NULL,
    tabling       integer NOT NULL CHECK (tabling >= 1),
    table_on      date
);
CREATE INDEX referrals_on_agenda ON referrals (house, sub_region, received_on, referral_id) WHERE table_on IS NOT NULL;
CREATE INDEX referrals_by_subject ON referrals (house, subject_id);
COMMENT ON TABLE referrals IS 'Every referral that is to be weighed, with its place on the agenda.';
COMMENT ON COLUMN referrals.tabling IS '1 for the first briefing, one more each time it comes back.';
COMMENT ON COLUMN referrals.table_on IS 'On the table at this briefing and each later one until the team decides; NULL when it is done with it.';

CREATE TABLE information_requests (
    request_id   uuid PRIMARY KEY,
    house        text NOT NULL,
    referral_id  uuid NOT NULL REFERENCES referrals,
    partner      text NOT NULL,
    answer_by    date NOT NULL,
    answered_on  date,
    involved     text[],
    CHECK ((answered_on IS NULL) = (involved IS NULL))
);
CREATE INDEX information_requests_by_referral ON information_requests (referral_id);
COMMENT ON TABLE information_requests IS 'What a partner was asked about a referral, and its answer: codes of the services that know the subject.';

CREATE TABLE decisions (
    referral_id       uuid NOT NULL REFERENCES referrals,
    tabling           integer NOT NULL,
    house             text NOT NULL,
    briefing_on       date NOT NULL,
    decision          text NOT NULL,
    reason            text,
    comes_back_on     date,
    rerouted_to       text,
    escalated_to      text,
    attendees         text[] NOT NULL,
    criteria          text[] NOT NULL,
    legal_ground      text NOT NULL,
    information_used  text[] NOT NULL,
    opens_table       text,
    back_on           date CHECK (back_on > briefing_on),
    PRIMARY KEY (referral_id, tabling),
    UNIQUE (referral_id, briefing_on)
);
COMMENT ON TABLE decisions IS 'The team''s decisions, one a tabling. They are final: rows are only ever added.';
COMMENT ON COLUMN decisions.comes_back_on IS 'The day that the team named, if it did; back_on is the briefing that follows from it.';
