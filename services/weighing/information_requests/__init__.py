"""What a municipality is asked about a referral, and what it answers."""
