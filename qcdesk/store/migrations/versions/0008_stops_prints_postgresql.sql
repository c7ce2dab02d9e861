-- SPDX-License-Identifier: Apache-2.0
-- Eighth schema, prints of certificates, PostgreSQL: statements end with a line that holds only two dashes and a semicolon.
-- Prints of a certificate with each result are counted by themselves, after those that one count had for both forms.
CREATE TABLE analysis_copy (
    number BIGINT NOT NULL REFERENCES certificate (number),
    copy BIGINT NOT NULL CHECK (copy >= 0),
    person TEXT NOT NULL REFERENCES person (id),
    at BIGINT NOT NULL,
    seq BIGINT NOT NULL REFERENCES event (seq),
    PRIMARY KEY (number, copy)
)
--;
CREATE FUNCTION qc_analysis_copy_gapless() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.copy IS DISTINCT FROM 1 + greatest(
    (SELECT coalesce(max(copy), -1) FROM analysis_copy WHERE number = NEW.number),
    (SELECT coalesce(max(copy), -1) FROM paper_print WHERE document = 'analysis' AND subject = CAST(NEW.number AS TEXT))) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER analysis_copy_gapless BEFORE INSERT ON analysis_copy
FOR EACH ROW EXECUTE FUNCTION qc_analysis_copy_gapless('certificate-number')
--;
CREATE FUNCTION qc_analysis_copy_by_its_event() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM line WHERE seq = NEW.seq AND seq = (SELECT max(seq) FROM line)
    AND type = 'certificate.printed' AND person = NEW.person
    AND batch = (SELECT batch FROM certificate WHERE number = NEW.number)) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER analysis_copy_by_its_event BEFORE INSERT ON analysis_copy
FOR EACH ROW EXECUTE FUNCTION qc_analysis_copy_by_its_event('unverified')
--;
CREATE FUNCTION qc_analysis_copy_stands() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM certificate_withdrawn WHERE number = NEW.number) OR NOT EXISTS (
    SELECT 1 FROM certificate c JOIN batch b ON b.id = c.batch WHERE c.number = NEW.number AND b.state = c.verdict AND b.round = c.round) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER analysis_copy_stands BEFORE INSERT ON analysis_copy
FOR EACH ROW EXECUTE FUNCTION qc_analysis_copy_stands('certificate-withdrawn')
--;
CREATE FUNCTION qc_analysis_copy_not_held() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF (SELECT b.held FROM certificate c JOIN batch b ON b.id = c.batch WHERE c.number = NEW.number) IS DISTINCT FROM 0 THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER analysis_copy_not_held BEFORE INSERT ON analysis_copy
FOR EACH ROW EXECUTE FUNCTION qc_analysis_copy_not_held('held')
--;
-- Each print of a certificate is counted before it is made, by its form, and leaves once.
DROP TRIGGER paper_print_of_certificate ON paper_print
--;
CREATE OR REPLACE FUNCTION qc_paper_print_of_certificate() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF (NEW.document = 'certificate'
        AND NOT EXISTS (SELECT 1 FROM certificate_copy WHERE CAST(number AS TEXT) = NEW.subject AND copy = NEW.copy))
    OR (NEW.document = 'analysis'
        AND NOT EXISTS (SELECT 1 FROM analysis_copy WHERE CAST(number AS TEXT) = NEW.subject AND copy = NEW.copy))
    OR (NEW.document IN ('certificate', 'analysis') AND EXISTS (
        SELECT 1 FROM paper_print WHERE document = NEW.document AND subject = NEW.subject AND copy = NEW.copy)) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER paper_print_of_certificate BEFORE INSERT ON paper_print
FOR EACH ROW EXECUTE FUNCTION qc_paper_print_of_certificate('copy-taken')
--;
CREATE TRIGGER analysis_copy_no_truncate BEFORE TRUNCATE ON analysis_copy
FOR EACH STATEMENT EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER analysis_copy_no_delete BEFORE DELETE ON analysis_copy
FOR EACH ROW EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER analysis_copy_no_update BEFORE UPDATE ON analysis_copy
FOR EACH ROW EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER analysis_copy_of_last_event BEFORE INSERT ON analysis_copy
FOR EACH ROW EXECUTE FUNCTION qc_of_last_event('unverified')
--;
