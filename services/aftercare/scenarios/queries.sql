-- line_commitments --
-- All commitments of a year with what they promise and what was spent of them when. A trajectory's is for as long as that lasts
SELECT commitments.line, remaining.balance + coalesce(spent.balance, 0) AS amount,
       coalesce(starts_on, (SELECT min(booked_on) FROM entries WHERE entries.about = commitment_id)) AS starts_on,
       ended_on AS ends_on, spendings.days, spendings.amounts
FROM commitments
JOIN accounts AS remaining ON remaining.about = commitment_id AND remaining.kind = 'commitment'
LEFT JOIN accounts AS spent ON spent.about = commitment_id AND spent.kind = 'spent'
LEFT JOIN trajectories ON trajectory_id = assignment_id
CROSS JOIN LATERAL (
    SELECT coalesce(array_agg(booked_on), '{}') AS days, coalesce(array_agg(amount), '{}') AS amounts
    FROM postings JOIN entries USING (entry_id) WHERE postings.account_id = spent.account_id) AS spendings
WHERE commitments.house = %(house)s AND commitments.fund = %(fund)s AND commitments.year = %(year)s
