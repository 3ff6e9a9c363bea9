-- Over which channel a code went out: whoever comes back to enter it is told again. Empty for codes of before: the usual one.
ALTER TABLE contact_point_verifications ADD COLUMN channel TEXT NOT NULL DEFAULT '';
