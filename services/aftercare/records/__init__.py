"""Who recorded a fact and when, and whether the fact was withdrawn since."""
