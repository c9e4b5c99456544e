"""Which referrals are on the table at a briefing, and what is known about each."""
