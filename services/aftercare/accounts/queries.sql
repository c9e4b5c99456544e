-- costs --
-- What is spent of a year, by the commitment that paid it or the advance that was written off
SELECT coalesce(assignment_id, accounts.about) AS about, accounts.balance AS amount, accounts.line, provider,
       coalesce(cost, CASE WHEN advance_id IS NOT NULL THEN 'advance' END) AS cost,
       coalesce(commitments.municipality, advances.municipality) AS municipality, coalesce(needs, '{}') AS needs
FROM accounts
LEFT JOIN commitments ON commitment_id = accounts.about
LEFT JOIN advances ON advance_id = accounts.about
WHERE accounts.house = %(house)s AND accounts.fund = %(fund)s AND accounts.year = %(year)s
  AND accounts.kind = 'spent' AND accounts.balance > 0
ORDER BY account_id

-- advances --
-- What happened to advances in a year; a correction undoes what its entry did
SELECT coalesce(sum(amount) FILTER (WHERE what = 'carry_over' AND amount > 0), 0) AS carried_in,
       coalesce(sum(amount) FILTER (WHERE what = 'advance'), 0) AS lent,
       coalesce(-sum(amount) FILTER (WHERE what = 'repayment'), 0) AS repaid,
       coalesce(-sum(amount) FILTER (WHERE what = 'write_off'), 0) AS written_off,
       coalesce(-sum(amount) FILTER (WHERE what = 'carry_over' AND amount < 0), 0) AS carried_over
FROM (
    SELECT amount, coalesce(corrected.kind, entries.kind) AS what
    FROM postings
    JOIN accounts USING (account_id)
    JOIN entries USING (entry_id)
    LEFT JOIN entries AS corrected ON corrected.entry_id = entries.corrects
    WHERE accounts.house = %(house)s AND accounts.fund = %(fund)s AND accounts.year = %(year)s
      AND accounts.kind = 'advance') AS moved
