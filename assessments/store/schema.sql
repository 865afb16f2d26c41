-- The tables of a review file. Each has a text key; journal triggers are made from this schema.
-- Unanswered and undecided are NULL, never a default.

CREATE TABLE review (
  id TEXT PRIMARY KEY NOT NULL CHECK (id = 'review'),
  title TEXT NOT NULL DEFAULT '',
  population TEXT NOT NULL DEFAULT '',
  intervention TEXT NOT NULL DEFAULT '',
  comparison TEXT NOT NULL DEFAULT '',
  outcomes TEXT NOT NULL DEFAULT '',
  setting TEXT NOT NULL DEFAULT '',
  source TEXT NOT NULL DEFAULT '',
  label TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;

CREATE TABLE setting (
  id TEXT PRIMARY KEY NOT NULL,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE person (
  id TEXT PRIMARY KEY NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('a', 'b', 'arbiter', 'coordinator', 'reader')),
  name TEXT NOT NULL DEFAULT '',
  initials TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;

CREATE TABLE comparison (
  id TEXT PRIMARY KEY NOT NULL,
  position INTEGER NOT NULL DEFAULT 0,
  intervention TEXT NOT NULL DEFAULT '',
  comparator TEXT NOT NULL DEFAULT '',
  population TEXT NOT NULL DEFAULT '',
  setting TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;

CREATE TABLE outcome_group (
  id TEXT PRIMARY KEY NOT NULL,
  position INTEGER NOT NULL DEFAULT 0,
  label TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;

CREATE TABLE outcome (
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
  t1_harm REAL,
  t2_harm REAL,
  t3_harm REAL,
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

CREATE TABLE baseline (
  id TEXT PRIMARY KEY NOT NULL,
  outcome TEXT NOT NULL REFERENCES outcome (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  position INTEGER NOT NULL DEFAULT 0,
  label TEXT NOT NULL DEFAULT '',
  risk REAL,
  source TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;

CREATE TABLE published_estimate (
  id TEXT PRIMARY KEY NOT NULL REFERENCES outcome (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  measure TEXT NOT NULL DEFAULT '',
  estimate REAL,
  ci_low REAL,
  ci_high REAL,
  ci_level REAL NOT NULL DEFAULT 0.95,
  studies INTEGER,
  participants INTEGER,
  i2 REAL,
  tau2 REAL,
  events INTEGER,
  prediction_low REAL,
  prediction_high REAL,
  q_p REAL,
  asymmetry_p REAL,
  printed_per INTEGER,
  printed_baseline REAL,
  printed_difference REAL,
  printed_difference_low REAL,
  printed_difference_high REAL,
  typed_by TEXT NOT NULL DEFAULT '',
  verified_by TEXT NOT NULL DEFAULT '',
  source TEXT NOT NULL DEFAULT '',
  place TEXT NOT NULL DEFAULT '',
  rob_statement TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;

CREATE TABLE narrative (
  id TEXT PRIMARY KEY NOT NULL REFERENCES outcome (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  text TEXT NOT NULL DEFAULT '',
  studies INTEGER,
  participants INTEGER,
  events INTEGER,
  favours_intervention INTEGER,
  favours_comparison INTEGER,
  no_difference INTEGER,
  source TEXT NOT NULL DEFAULT '',
  verb TEXT NOT NULL DEFAULT '',
  verb_infinitive TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;

CREATE TABLE study (
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

CREATE TABLE indirectness (
  id TEXT PRIMARY KEY NOT NULL,
  study TEXT NOT NULL REFERENCES study (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  element TEXT NOT NULL CHECK (element IN ('population', 'intervention', 'comparator', 'outcome')),
  note TEXT NOT NULL DEFAULT '',
  UNIQUE (study, element)
) STRICT, WITHOUT ROWID;

CREATE TABLE document (
  id TEXT PRIMARY KEY NOT NULL,
  study TEXT NOT NULL REFERENCES study (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  position INTEGER NOT NULL DEFAULT 0,
  name TEXT NOT NULL DEFAULT '',
  path TEXT NOT NULL DEFAULT '',
  digest TEXT NOT NULL DEFAULT '',
  copied INTEGER NOT NULL DEFAULT 1 CHECK (copied IN (0, 1))
) STRICT, WITHOUT ROWID;

CREATE TABLE reference (
  id TEXT PRIMARY KEY NOT NULL,
  study TEXT NOT NULL REFERENCES study (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  position INTEGER NOT NULL DEFAULT 0,
  kind TEXT NOT NULL DEFAULT 'report' CHECK (kind IN ('report', 'registry', 'other')),
  citation TEXT NOT NULL DEFAULT '',
  doi TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;

CREATE TABLE study_author (
  id TEXT PRIMARY KEY NOT NULL,
  study TEXT NOT NULL REFERENCES study (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  person TEXT NOT NULL REFERENCES person (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  UNIQUE (study, person)
) STRICT, WITHOUT ROWID;

CREATE TABLE result (
  id TEXT PRIMARY KEY NOT NULL,
  study TEXT NOT NULL REFERENCES study (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  outcome TEXT NOT NULL REFERENCES outcome (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  subgroup TEXT NOT NULL DEFAULT '',
  events_1 REAL,
  total_1 REAL,
  mean_1 REAL,
  sd_1 REAL,
  events_2 REAL,
  total_2 REAL,
  mean_2 REAL,
  sd_2 REAL,
  effect REAL,
  ci_low REAL,
  ci_high REAL,
  se REAL,
  oe REAL,
  variance REAL,
  time_1 REAL,
  time_2 REAL,
  correlation REAL,
  follow_up REAL,
  dose REAL,
  derived TEXT NOT NULL DEFAULT '',
  included INTEGER NOT NULL DEFAULT 1 CHECK (included IN (0, 1)),
  left_out_reason TEXT NOT NULL DEFAULT '',
  note TEXT NOT NULL DEFAULT '',
  UNIQUE (study, outcome, subgroup)
) STRICT, WITHOUT ROWID;

CREATE TABLE analysis (
  id TEXT PRIMARY KEY NOT NULL REFERENCES outcome (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  measure TEXT,
  model TEXT,
  method TEXT,
  tau2 TEXT,
  "interval" TEXT,
  level REAL NOT NULL DEFAULT 0.95,
  profile TEXT NOT NULL DEFAULT 'cochrane-current',
  prediction TEXT,
  zero_cells TEXT,
  smd_variant TEXT,
  without_high_risk INTEGER NOT NULL DEFAULT 0 CHECK (without_high_risk IN (0, 1)),
  set_reason TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;

CREATE TABLE team_rule (
  id TEXT PRIMARY KEY NOT NULL,
  instrument TEXT NOT NULL,
  domain TEXT NOT NULL,
  question TEXT NOT NULL DEFAULT '',
  text TEXT NOT NULL DEFAULT '',
  UNIQUE (instrument, domain, question)
) STRICT, WITHOUT ROWID;

CREATE TABLE review_rule (
  id TEXT PRIMARY KEY NOT NULL,
  position INTEGER NOT NULL DEFAULT 0,
  domain TEXT NOT NULL DEFAULT '',
  label TEXT NOT NULL DEFAULT '',
  expression TEXT NOT NULL DEFAULT '',
  text TEXT NOT NULL DEFAULT '',
  suggestion TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;

CREATE TABLE instrument_copy (
  id TEXT PRIMARY KEY NOT NULL,
  version TEXT NOT NULL,
  title TEXT NOT NULL,
  digest TEXT NOT NULL,
  text TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE assessment (
  id TEXT PRIMARY KEY NOT NULL,
  instrument TEXT NOT NULL REFERENCES instrument_copy (id) DEFERRABLE INITIALLY DEFERRED,
  unit_kind TEXT NOT NULL CHECK (unit_kind IN ('study', 'result', 'outcome')),
  unit TEXT NOT NULL,
  seat TEXT NOT NULL CHECK (seat IN ('a', 'b', 'consensus')),
  state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'finished')),
  finished_at TEXT,
  digest TEXT,
  revision INTEGER NOT NULL DEFAULT 0,
  reopened_reason TEXT NOT NULL DEFAULT '',
  after_exchange INTEGER NOT NULL DEFAULT 0 CHECK (after_exchange IN (0, 1)),
  flagged INTEGER NOT NULL DEFAULT 0 CHECK (flagged IN (0, 1)),
  effect TEXT NOT NULL DEFAULT '',
  source TEXT NOT NULL DEFAULT '',
  note TEXT NOT NULL DEFAULT '',
  UNIQUE (instrument, unit, seat)
) STRICT, WITHOUT ROWID;

CREATE TABLE judgement (
  id TEXT PRIMARY KEY NOT NULL,
  assessment TEXT NOT NULL REFERENCES assessment (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  domain TEXT NOT NULL,
  part TEXT NOT NULL DEFAULT '',
  proposed TEXT,
  rule TEXT,
  level TEXT,
  support TEXT NOT NULL DEFAULT '',
  reason TEXT NOT NULL DEFAULT '',
  direction TEXT NOT NULL DEFAULT '',
  UNIQUE (assessment, domain, part)
) STRICT, WITHOUT ROWID;

CREATE TABLE answer (
  id TEXT PRIMARY KEY NOT NULL,
  assessment TEXT NOT NULL REFERENCES assessment (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  domain TEXT NOT NULL,
  question TEXT NOT NULL,
  response TEXT,
  note TEXT NOT NULL DEFAULT '',
  UNIQUE (assessment, domain, question)
) STRICT, WITHOUT ROWID;

CREATE TABLE quote (
  id TEXT PRIMARY KEY NOT NULL,
  assessment TEXT NOT NULL REFERENCES assessment (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  domain TEXT NOT NULL,
  question TEXT NOT NULL DEFAULT '',
  part TEXT NOT NULL DEFAULT '',
  position INTEGER NOT NULL DEFAULT 0,
  text TEXT NOT NULL DEFAULT '',
  document TEXT NOT NULL DEFAULT '',
  page TEXT NOT NULL DEFAULT '',
  place TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;

CREATE TABLE settlement (
  id TEXT PRIMARY KEY NOT NULL,
  assessment TEXT NOT NULL REFERENCES assessment (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  domain TEXT NOT NULL,
  part TEXT NOT NULL DEFAULT '',
  how TEXT NOT NULL CHECK (how IN ('agreed', 'took_a', 'took_b', 'other', 'referred', 'arbitrated')),
  level_a TEXT,
  level_b TEXT,
  reason TEXT NOT NULL DEFAULT '',
  kind TEXT NOT NULL DEFAULT '',
  present TEXT NOT NULL DEFAULT '',
  UNIQUE (assessment, domain, part)
) STRICT, WITHOUT ROWID;

CREATE TABLE frozen_facts (
  id TEXT PRIMARY KEY NOT NULL REFERENCES assessment (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  fingerprint TEXT NOT NULL,
  facts TEXT NOT NULL
) STRICT, WITHOUT ROWID;
