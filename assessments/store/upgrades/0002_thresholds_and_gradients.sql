-- Thresholds beside one minimal important difference, and what prompts about indirectness and
-- gradients ask for. The table of outcomes is built anew, because SQLite cannot change a CHECK.
CREATE TABLE new_outcome (
  id TEXT PRIMARY KEY NOT NULL,
  comparison TEXT NOT NULL REFERENCES comparison (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  position INTEGER NOT NULL DEFAULT 0,
  label TEXT NOT NULL DEFAULT '',
  time_point TEXT NOT NULL DEFAULT '',
  scale TEXT NOT NULL DEFAULT '',
  scale_min REAL,
  scale_max REAL,
  unit TEXT NOT NULL DEFAULT '',
  better TEXT CHECK (better IN ('lower', 'higher')),
  better_note TEXT NOT NULL DEFAULT '',
  importance INTEGER CHECK (importance BETWEEN 1 AND 9),
  mid REAL,
  mid_source TEXT NOT NULL DEFAULT '',
  evidence TEXT CHECK (evidence IN ('pooled', 'published', 'narrative', 'single', 'not_reported')),
  stream TEXT CHECK (stream IN ('rct', 'nrs')),
  threshold_type TEXT CHECK (threshold_type IN ('null', 'mid', 'ranges', 'decision')),
  mid_harm REAL,
  mid_low REAL,
  mid_high REAL,
  mid_relative REAL,
  decision REAL,
  t1 REAL,
  t2 REAL,
  t3 REAL,
  target TEXT CHECK (target IN ('important_effect', 'little_or_no_effect', 'non_null_effect', 'effect_in_range')),
  target_reason TEXT NOT NULL DEFAULT '',
  event_meaning TEXT CHECK (event_meaning IN ('event', 'event_free')),
  objective INTEGER CHECK (objective IN (0, 1)),
  surrogate INTEGER CHECK (surrogate IN (0, 1)),
  indirect_comparison INTEGER CHECK (indirect_comparison IN (0, 1)),
  laboratory INTEGER CHECK (laboratory IN (0, 1)),
  follow_up REAL,
  follow_up_unit TEXT NOT NULL DEFAULT '',
  dose_unit TEXT NOT NULL DEFAULT '',
  baseline_risk REAL,
  baseline_source TEXT NOT NULL DEFAULT '',
  per INTEGER NOT NULL DEFAULT 1000,
  comparator_mean REAL,
  comparator_mean_source TEXT NOT NULL DEFAULT '',
  reexpress TEXT CHECK (reexpress IN ('units', 'or', 'mid_units', 'rom', 'rule')),
  reexpress_unit TEXT NOT NULL DEFAULT '',
  reexpress_sd REAL,
  reexpress_sd_source TEXT NOT NULL DEFAULT '',
  reexpress_proportion REAL,
  missing_studies INTEGER,
  missing_participants INTEGER,
  missing_source TEXT NOT NULL DEFAULT '',
  outcome_group TEXT REFERENCES outcome_group (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
  statement TEXT NOT NULL DEFAULT '',
  statement_from TEXT NOT NULL DEFAULT '',
  comment TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;

INSERT INTO new_outcome (
  id, comparison, position, label, time_point, scale, scale_min, scale_max, unit, better,
  better_note, importance, mid, mid_source, evidence, stream, threshold_type, mid_harm, t1, t2,
  t3, target, target_reason, event_meaning, objective, surrogate, baseline_risk, baseline_source,
  per, comparator_mean, comparator_mean_source, reexpress, reexpress_unit, reexpress_sd,
  reexpress_sd_source, reexpress_proportion, missing_studies, missing_participants,
  missing_source, outcome_group, statement, statement_from, comment
)
SELECT
  id, comparison, position, label, time_point, scale, scale_min, scale_max, unit, better,
  better_note, importance, mid, mid_source, evidence, stream, threshold_type, mid_harm, t1, t2,
  t3, target, target_reason, event_meaning, objective, surrogate, baseline_risk, baseline_source,
  per, comparator_mean, comparator_mean_source, reexpress, reexpress_unit, reexpress_sd,
  reexpress_sd_source, reexpress_proportion, missing_studies, missing_participants,
  missing_source, outcome_group, statement, statement_from, comment
FROM outcome;

DROP TABLE outcome;
ALTER TABLE new_outcome RENAME TO outcome;

ALTER TABLE result ADD COLUMN follow_up REAL;
ALTER TABLE result ADD COLUMN dose REAL;
