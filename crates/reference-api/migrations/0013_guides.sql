-- Guides: every version that a customer may have been led by, what was said about outcomes, and what was answered before an
-- interaction began. Moments are milliseconds since 1970, UTC.

CREATE TABLE guide_versions (
    guide_id     TEXT NOT NULL,
    version      TEXT NOT NULL,
    source       TEXT NOT NULL,     -- the file as it was checked
    served_since INTEGER NOT NULL,
    PRIMARY KEY (guide_id, version)
) STRICT, WITHOUT ROWID;

-- "Did this solve it?" One word a customer, outcome and version: the last.
CREATE TABLE guide_records (
    id          TEXT PRIMARY KEY,
    customer_id TEXT NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    guide_id    TEXT NOT NULL,
    version     TEXT NOT NULL,
    node        TEXT NOT NULL,
    solved      INTEGER NOT NULL,
    words       TEXT,
    steps       TEXT NOT NULL,      -- the way there, as JSON
    recorded_at INTEGER NOT NULL,
    UNIQUE (customer_id, guide_id, version, node)
) STRICT;

CREATE INDEX guide_records_by_outcome ON guide_records (guide_id, node);

-- The questions and answers in words, as they stood when the interaction began.
CREATE TABLE interaction_guides (
    interaction_seq INTEGER PRIMARY KEY REFERENCES interactions (seq) ON DELETE CASCADE,
    guide_id        TEXT NOT NULL,
    answers         TEXT NOT NULL   -- `GuideAnswers` of the contract, as JSON
) STRICT;

CREATE INDEX interaction_guides_by_guide ON interaction_guides (guide_id);
