-- A referrer also hears that nobody weighs its referral.

ALTER TABLE feedback ADD COLUMN not_weighed boolean NOT NULL DEFAULT false;
