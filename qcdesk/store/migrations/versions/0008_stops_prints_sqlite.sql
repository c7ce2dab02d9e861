-- SPDX-License-Identifier: Apache-2.0
-- Eighth schema, prints of certificates, SQLite: statements end with a line that holds only two dashes and a semicolon.
-- Prints of a certificate with each result are counted by themselves, after those that one count had for both forms.
CREATE TABLE analysis_copy (
    number INTEGER NOT NULL REFERENCES certificate (number),
    copy INTEGER NOT NULL CHECK (copy >= 0),
    person TEXT NOT NULL REFERENCES person (id),
    at INTEGER NOT NULL,
    seq INTEGER NOT NULL REFERENCES event (seq),
    PRIMARY KEY (number, copy)
) STRICT
--;
CREATE TRIGGER analysis_copy_gapless BEFORE INSERT ON analysis_copy
WHEN NEW.copy IS NOT 1 + max(
    (SELECT coalesce(max(copy), -1) FROM analysis_copy WHERE number IS NEW.number),
    (SELECT coalesce(max(copy), -1) FROM paper_print WHERE document IS 'analysis' AND subject IS CAST(NEW.number AS TEXT)))
BEGIN SELECT RAISE(ABORT, 'rule:certificate-number'); END
--;
CREATE TRIGGER analysis_copy_by_its_event BEFORE INSERT ON analysis_copy
WHEN NOT EXISTS (SELECT 1 FROM line WHERE seq IS NEW.seq AND seq IS (SELECT max(seq) FROM line)
    AND type IS 'certificate.printed' AND person IS NEW.person
    AND batch IS (SELECT batch FROM certificate WHERE number IS NEW.number))
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
CREATE TRIGGER analysis_copy_stands BEFORE INSERT ON analysis_copy
WHEN EXISTS (SELECT 1 FROM certificate_withdrawn WHERE number IS NEW.number) OR NOT EXISTS (
    SELECT 1 FROM certificate c JOIN batch b ON b.id = c.batch WHERE c.number IS NEW.number AND b.state IS c.verdict AND b.round IS c.round)
BEGIN SELECT RAISE(ABORT, 'rule:certificate-withdrawn'); END
--;
CREATE TRIGGER analysis_copy_not_held BEFORE INSERT ON analysis_copy
WHEN (SELECT b.held FROM certificate c JOIN batch b ON b.id = c.batch WHERE c.number IS NEW.number) IS NOT 0
BEGIN SELECT RAISE(ABORT, 'rule:held'); END
--;
-- Each print of a certificate is counted before it is made, by its form, and leaves once.
DROP TRIGGER paper_print_of_certificate
--;
CREATE TRIGGER paper_print_of_certificate BEFORE INSERT ON paper_print
WHEN (NEW.document IS 'certificate'
        AND NOT EXISTS (SELECT 1 FROM certificate_copy WHERE CAST(number AS TEXT) IS NEW.subject AND copy IS NEW.copy))
    OR (NEW.document IS 'analysis'
        AND NOT EXISTS (SELECT 1 FROM analysis_copy WHERE CAST(number AS TEXT) IS NEW.subject AND copy IS NEW.copy))
    OR (NEW.document IN ('certificate', 'analysis') AND EXISTS (
        SELECT 1 FROM paper_print WHERE document IS NEW.document AND subject IS NEW.subject AND copy IS NEW.copy))
BEGIN SELECT RAISE(ABORT, 'rule:copy-taken'); END
--;
CREATE TRIGGER analysis_copy_program_insert BEFORE INSERT ON analysis_copy
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER analysis_copy_program_update BEFORE UPDATE ON analysis_copy
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER analysis_copy_program_delete BEFORE DELETE ON analysis_copy
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER analysis_copy_no_replace BEFORE INSERT ON analysis_copy
WHEN EXISTS (SELECT 1 FROM analysis_copy WHERE number IS NEW.number AND copy IS NEW.copy)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER analysis_copy_no_delete BEFORE DELETE ON analysis_copy
WHEN 1
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER analysis_copy_no_update BEFORE UPDATE ON analysis_copy
WHEN 1
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER analysis_copy_rowid_free BEFORE INSERT ON analysis_copy
WHEN EXISTS (SELECT 1 FROM analysis_copy WHERE rowid IS NEW.rowid)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER analysis_copy_of_last_event BEFORE INSERT ON analysis_copy
WHEN NEW.seq IS NOT (SELECT max(seq) FROM event)
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
