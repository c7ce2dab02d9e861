-- SPDX-License-Identifier: Apache-2.0
-- Seventh schema, in which language somebody reads, PostgreSQL: statements end with a line that holds only two dashes and a semicolon.
-- What was chosen last counts; none: that of the workstation.
CREATE TABLE person_language (
    seq BIGINT NOT NULL REFERENCES event (seq),
    person TEXT NOT NULL REFERENCES person (id),
    language TEXT CHECK (language IN ('en', 'vi', 'zh_CN', 'th')),
    PRIMARY KEY (seq)
)
--;
CREATE INDEX person_language_of_person ON person_language (person, seq)
--;
CREATE TRIGGER person_language_no_truncate BEFORE TRUNCATE ON person_language
FOR EACH STATEMENT EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER person_language_no_delete BEFORE DELETE ON person_language
FOR EACH ROW EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER person_language_no_update BEFORE UPDATE ON person_language
FOR EACH ROW EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER person_language_of_last_event BEFORE INSERT ON person_language
FOR EACH ROW EXECUTE FUNCTION qc_of_last_event('unverified')
--;
