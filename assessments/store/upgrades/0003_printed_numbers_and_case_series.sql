-- Ranges for harm of their own, what publications print beside an estimate, events of syntheses in
-- words, and case series as a design. Studies are built anew, because SQLite cannot change a CHECK.
ALTER TABLE outcome ADD COLUMN t1_harm REAL;
ALTER TABLE outcome ADD COLUMN t2_harm REAL;
ALTER TABLE outcome ADD COLUMN t3_harm REAL;

ALTER TABLE published_estimate ADD COLUMN events INTEGER;
ALTER TABLE published_estimate ADD COLUMN prediction_low REAL;
ALTER TABLE published_estimate ADD COLUMN prediction_high REAL;
ALTER TABLE published_estimate ADD COLUMN q_p REAL;
ALTER TABLE published_estimate ADD COLUMN asymmetry_p REAL;
ALTER TABLE published_estimate ADD COLUMN printed_per INTEGER;
ALTER TABLE published_estimate ADD COLUMN printed_baseline REAL;
ALTER TABLE published_estimate ADD COLUMN printed_difference REAL;
ALTER TABLE published_estimate ADD COLUMN printed_difference_low REAL;
ALTER TABLE published_estimate ADD COLUMN printed_difference_high REAL;
ALTER TABLE published_estimate ADD COLUMN typed_by TEXT NOT NULL DEFAULT '';
ALTER TABLE published_estimate ADD COLUMN verified_by TEXT NOT NULL DEFAULT '';

ALTER TABLE narrative ADD COLUMN events INTEGER;

CREATE TABLE new_study (
  id TEXT PRIMARY KEY NOT NULL,
  position INTEGER NOT NULL DEFAULT 0,
  label TEXT NOT NULL DEFAULT '',
  year INTEGER,
  design TEXT CHECK (design IN ('rct', 'quasi_rct', 'cluster_rct', 'crossover', 'cba', 'its', 'nrs', 'case_series')),
  status TEXT NOT NULL DEFAULT 'included' CHECK (status IN ('included', 'awaiting', 'ongoing', 'excluded')),
  exclusion_reason TEXT NOT NULL DEFAULT '',
  participants TEXT NOT NULL DEFAULT '',
  intervention TEXT NOT NULL DEFAULT '',
  comparator TEXT NOT NULL DEFAULT '',
  randomised_1 INTEGER,
  randomised_2 INTEGER,
  funding TEXT NOT NULL DEFAULT '',
  industry_funded TEXT CHECK (industry_funded IN ('yes', 'no', 'unclear')),
  conflicts TEXT NOT NULL DEFAULT '',
  follow_up TEXT NOT NULL DEFAULT '',
  note TEXT NOT NULL DEFAULT '',
  instrument TEXT
) STRICT, WITHOUT ROWID;

INSERT INTO new_study (
  id, position, label, year, design, status, exclusion_reason, participants, intervention,
  comparator, randomised_1, randomised_2, funding, industry_funded, conflicts, follow_up, note,
  instrument
)
SELECT
  id, position, label, year, design, status, exclusion_reason, participants, intervention,
  comparator, randomised_1, randomised_2, funding, industry_funded, conflicts, follow_up, note,
  instrument
FROM study;

DROP TABLE study;
ALTER TABLE new_study RENAME TO study;
