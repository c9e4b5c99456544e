-- Whether a detention notice says that the person is in a youth institution.

ALTER TABLE referrals ADD COLUMN youth_institution boolean NOT NULL DEFAULT false;
