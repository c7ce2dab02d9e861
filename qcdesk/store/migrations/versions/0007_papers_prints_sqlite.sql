-- SPDX-License-Identifier: Apache-2.0
-- Seventh schema, what was printed, saved and sent, and which copy it was, SQLite: statements end with a line that holds only two dashes and a semicolon.
CREATE TABLE paper_print (
    seq INTEGER NOT NULL PRIMARY KEY REFERENCES event (seq),
    document TEXT NOT NULL,
    subject TEXT NOT NULL,
    name TEXT NOT NULL,
    batch TEXT REFERENCES batch (id),
    state TEXT NOT NULL,
    copy INTEGER NOT NULL,
    way TEXT NOT NULL,
    languages TEXT NOT NULL,
    digest TEXT NOT NULL,
    person TEXT REFERENCES person (id),
    station TEXT NOT NULL,
    at INTEGER NOT NULL,
    UNIQUE (document, subject, state, copy),
    CHECK (document IN ('inspection', 'certificate', 'analysis', 'first_article', 'nonconformity', 'corrective', 'audit', 'instruction', 'label', 'stickers', 'figures')),
    CHECK (way IN ('printed', 'saved', 'mailed', 'label_printer')),
    CHECK (copy >= 0),
    CHECK (length(digest) IN (0, 64))
) STRICT
--;
CREATE INDEX paper_print_of_batch ON paper_print (batch)
--;
-- Whoever it says printed it is who signed the event, or the workstation where nobody had signed in.
CREATE TRIGGER paper_print_by_its_event BEFORE INSERT ON paper_print
WHEN NOT EXISTS (SELECT 1 FROM line WHERE seq IS NEW.seq AND type IS CASE WHEN NEW.person IS NULL THEN 'paper.noted' ELSE 'paper.printed' END
    AND person IS NEW.person AND station IS NEW.station)
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
-- Copies of one paper are counted from 0 without a gap.
CREATE TRIGGER paper_print_gapless BEFORE INSERT ON paper_print
WHEN NEW.document NOT IN ('certificate', 'analysis') AND NEW.copy IS NOT (SELECT coalesce(max(copy), -1) + 1 FROM paper_print
    WHERE document IS NEW.document AND subject IS NEW.subject AND state IS NEW.state)
BEGIN SELECT RAISE(ABORT, 'rule:copy-taken'); END
--;
-- Each print of a certificate is counted before it is made, and leaves once, in one of its two forms.
CREATE TRIGGER paper_print_of_certificate BEFORE INSERT ON paper_print
WHEN NEW.document IN ('certificate', 'analysis') AND (
    NOT EXISTS (SELECT 1 FROM certificate_copy WHERE CAST(number AS TEXT) IS NEW.subject AND copy IS NEW.copy)
    OR EXISTS (SELECT 1 FROM paper_print WHERE document IN ('certificate', 'analysis') AND subject IS NEW.subject AND copy IS NEW.copy))
BEGIN SELECT RAISE(ABORT, 'rule:copy-taken'); END
--;
-- What the workstation notes by itself: as before, and that a command wrote a paper where nobody had signed in.
DROP TRIGGER line_station_alone
--;
CREATE TRIGGER line_station_alone BEFORE INSERT ON line
WHEN (NEW.person IS NULL) IS NOT (NEW.type IN ('auth.failed', 'auth.locked', 'clock.jumped', 'paper.noted'))
    OR (NEW.person IS NULL AND (NEW.act IS NOT 0 OR NEW.session IS NOT NULL))
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
CREATE TRIGGER paper_print_program_insert BEFORE INSERT ON paper_print
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER paper_print_program_update BEFORE UPDATE ON paper_print
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER paper_print_program_delete BEFORE DELETE ON paper_print
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER paper_print_no_replace BEFORE INSERT ON paper_print
WHEN EXISTS (SELECT 1 FROM paper_print WHERE seq IS NEW.seq) OR EXISTS (SELECT 1 FROM paper_print WHERE document IS NEW.document AND subject IS NEW.subject AND state IS NEW.state AND copy IS NEW.copy)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER paper_print_no_delete BEFORE DELETE ON paper_print
WHEN 1
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER paper_print_no_update BEFORE UPDATE ON paper_print
WHEN 1
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER paper_print_of_last_event BEFORE INSERT ON paper_print
WHEN NEW.seq IS NOT (SELECT max(seq) FROM event)
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
