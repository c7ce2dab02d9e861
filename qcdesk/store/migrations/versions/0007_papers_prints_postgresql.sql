-- SPDX-License-Identifier: Apache-2.0
-- Seventh schema, what was printed, saved and sent, and which copy it was, PostgreSQL: statements end with a line that holds only two dashes and a semicolon.
CREATE TABLE paper_print (
    seq BIGINT NOT NULL PRIMARY KEY REFERENCES event (seq),
    document TEXT NOT NULL,
    subject TEXT NOT NULL,
    name TEXT NOT NULL,
    batch TEXT REFERENCES batch (id),
    state TEXT NOT NULL,
    copy BIGINT NOT NULL,
    way TEXT NOT NULL,
    languages TEXT NOT NULL,
    digest TEXT NOT NULL,
    person TEXT REFERENCES person (id),
    station TEXT NOT NULL,
    at BIGINT NOT NULL,
    UNIQUE (document, subject, state, copy),
    CHECK (document IN ('inspection', 'certificate', 'analysis', 'first_article', 'nonconformity', 'corrective', 'audit', 'instruction', 'label', 'stickers', 'figures')),
    CHECK (way IN ('printed', 'saved', 'mailed', 'label_printer')),
    CHECK (copy >= 0),
    CHECK (length(digest) IN (0, 64))
)
--;
CREATE INDEX paper_print_of_batch ON paper_print (batch)
--;
-- Whoever it says printed it is who signed the event, or the workstation where nobody had signed in.
CREATE FUNCTION qc_paper_print_by_its_event() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM line WHERE seq = NEW.seq AND type = CASE WHEN NEW.person IS NULL THEN 'paper.noted' ELSE 'paper.printed' END
    AND person IS NOT DISTINCT FROM NEW.person AND station = NEW.station) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER paper_print_by_its_event BEFORE INSERT ON paper_print
FOR EACH ROW EXECUTE FUNCTION qc_paper_print_by_its_event('unverified')
--;
-- Copies of one paper are counted from 0 without a gap.
CREATE FUNCTION qc_paper_print_gapless() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.document NOT IN ('certificate', 'analysis') AND NEW.copy IS DISTINCT FROM (SELECT coalesce(max(copy), -1) + 1 FROM paper_print
    WHERE document = NEW.document AND subject = NEW.subject AND state = NEW.state) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER paper_print_gapless BEFORE INSERT ON paper_print
FOR EACH ROW EXECUTE FUNCTION qc_paper_print_gapless('copy-taken')
--;
-- Each print of a certificate is counted before it is made, and leaves once, in one of its two forms.
CREATE FUNCTION qc_paper_print_of_certificate() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.document IN ('certificate', 'analysis') AND (
    NOT EXISTS (SELECT 1 FROM certificate_copy WHERE CAST(number AS TEXT) = NEW.subject AND copy = NEW.copy)
    OR EXISTS (SELECT 1 FROM paper_print WHERE document IN ('certificate', 'analysis') AND subject = NEW.subject AND copy = NEW.copy)) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER paper_print_of_certificate BEFORE INSERT ON paper_print
FOR EACH ROW EXECUTE FUNCTION qc_paper_print_of_certificate('copy-taken')
--;
-- What the workstation notes by itself: as before, and that a command wrote a paper where nobody had signed in.
DROP TRIGGER line_station_alone ON line
--;
CREATE OR REPLACE FUNCTION qc_line_station_alone() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF (NEW.person IS NULL) IS DISTINCT FROM (NEW.type IN ('auth.failed', 'auth.locked', 'clock.jumped', 'paper.noted'))
        OR (NEW.person IS NULL AND (NEW.act IS DISTINCT FROM 0 OR NEW.session IS NOT NULL)) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER line_station_alone BEFORE INSERT ON line
FOR EACH ROW EXECUTE FUNCTION qc_line_station_alone('unverified')
--;
CREATE TRIGGER paper_print_no_truncate BEFORE TRUNCATE ON paper_print
FOR EACH STATEMENT EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER paper_print_no_delete BEFORE DELETE ON paper_print
FOR EACH ROW EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER paper_print_no_update BEFORE UPDATE ON paper_print
FOR EACH ROW EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER paper_print_of_last_event BEFORE INSERT ON paper_print
FOR EACH ROW EXECUTE FUNCTION qc_of_last_event('unverified')
