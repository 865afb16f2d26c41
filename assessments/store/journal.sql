-- The past: one change set per edit, one row change per row that it touched. Append only.

CREATE TABLE change_set (
  id INTEGER PRIMARY KEY NOT NULL,
  origin TEXT NOT NULL,
  verb TEXT NOT NULL,
  about TEXT NOT NULL,
  person TEXT,
  at TEXT NOT NULL,
  undoes INTEGER REFERENCES change_set (id),
  redoes INTEGER REFERENCES change_set (id),
  merge_key TEXT
) STRICT;

CREATE TABLE row_change (
  id INTEGER PRIMARY KEY NOT NULL,
  change_set INTEGER NOT NULL REFERENCES change_set (id),
  "table" TEXT NOT NULL,
  "row" TEXT NOT NULL,
  before TEXT,
  after TEXT
) STRICT;

CREATE INDEX row_change_by_set ON row_change (change_set);
CREATE INDEX row_change_by_row ON row_change ("table", "row");

-- Holds the number of the open change set while an edit runs, else NULL: a write outside an
-- edit then breaks the NOT NULL rule of row_change and is refused by the file itself.
CREATE TABLE open_edit (
  id INTEGER PRIMARY KEY NOT NULL CHECK (id = 1),
  change_set INTEGER
) STRICT;
INSERT INTO open_edit (id, change_set) VALUES (1, NULL);

CREATE TABLE file_identity (
  id INTEGER PRIMARY KEY NOT NULL CHECK (id = 1),
  review TEXT NOT NULL,
  origin TEXT NOT NULL,
  made_with TEXT NOT NULL
) STRICT;

CREATE TRIGGER row_change_stays BEFORE UPDATE ON row_change
BEGIN SELECT RAISE(ABORT, 'the journal is append only'); END;
CREATE TRIGGER row_change_is_kept BEFORE DELETE ON row_change
BEGIN SELECT RAISE(ABORT, 'the journal is append only'); END;
CREATE TRIGGER change_set_is_kept BEFORE DELETE ON change_set
BEGIN SELECT RAISE(ABORT, 'the journal is append only'); END;
