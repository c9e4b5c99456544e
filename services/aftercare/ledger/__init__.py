"""Where the money of a fund's year is, and what was booked: no account gives more than it has."""
