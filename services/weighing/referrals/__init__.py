"""Which briefing a referral waits for."""
