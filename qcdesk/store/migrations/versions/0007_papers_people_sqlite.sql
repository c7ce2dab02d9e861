-- SPDX-License-Identifier: Apache-2.0
-- Seventh schema, in which language somebody reads, SQLite: statements end with a line that holds only two dashes and a semicolon.
-- What was chosen last counts; none: that of the workstation.
CREATE TABLE person_language (
    seq INTEGER NOT NULL REFERENCES event (seq),
    person TEXT NOT NULL REFERENCES person (id),
    language TEXT CHECK (language IN ('en', 'vi', 'zh_CN', 'th')),
    PRIMARY KEY (seq)
) STRICT
--;
CREATE INDEX person_language_of_person ON person_language (person, seq)
--;
CREATE TRIGGER person_language_program_insert BEFORE INSERT ON person_language
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER person_language_program_update BEFORE UPDATE ON person_language
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER person_language_program_delete BEFORE DELETE ON person_language
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER person_language_no_replace BEFORE INSERT ON person_language
WHEN EXISTS (SELECT 1 FROM person_language WHERE seq IS NEW.seq)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER person_language_no_delete BEFORE DELETE ON person_language
WHEN 1
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER person_language_no_update BEFORE UPDATE ON person_language
WHEN 1
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER person_language_of_last_event BEFORE INSERT ON person_language
WHEN NEW.seq IS NOT (SELECT max(seq) FROM event)
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
