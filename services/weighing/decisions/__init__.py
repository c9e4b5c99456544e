"""What the weighing team decides on a referral, and what follows."""
