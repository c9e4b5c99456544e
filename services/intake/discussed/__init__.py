"""Whether the house discusses somebody, for the public prosecutor, and nothing more."""
