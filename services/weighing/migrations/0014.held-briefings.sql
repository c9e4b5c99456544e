-- Briefings that were held and wait to be settled are found among all others.

CREATE INDEX briefings_to_settle ON briefings (house, on_day) WHERE state = 'held';
