-- SPDX-License-Identifier: Apache-2.0
-- Third schema, supplier audits: templates, runs, answers, PostgreSQL: statements end with a line that holds only two dashes and a semicolon.
-- Versions of audit templates, each as it was written; the last row of a version counts.
CREATE TABLE audit_template (
    seq BIGINT NOT NULL PRIMARY KEY REFERENCES event (seq),
    code TEXT NOT NULL,
    version BIGINT NOT NULL,
    author TEXT NOT NULL,
    hash TEXT NOT NULL,
    body TEXT NOT NULL,
    CHECK (version > 0)
)
--;
CREATE TABLE audit_template_approved (
    code TEXT NOT NULL,
    version BIGINT NOT NULL,
    hash TEXT NOT NULL,
    person TEXT NOT NULL,
    seq BIGINT NOT NULL REFERENCES event (seq),
    PRIMARY KEY (code, version)
)
--;
CREATE TABLE audit (
    id TEXT NOT NULL PRIMARY KEY,
    no BIGINT NOT NULL UNIQUE,
    supplier TEXT NOT NULL REFERENCES supplier (id),
    template TEXT NOT NULL,
    version BIGINT NOT NULL,
    hash TEXT NOT NULL,
    auditor TEXT NOT NULL,
    seq BIGINT NOT NULL REFERENCES event (seq),
    CHECK (no > 0)
)
--;
-- Every answer as it was saved; the last one to a question counts.
CREATE TABLE audit_answer (
    seq BIGINT NOT NULL REFERENCES event (seq),
    question TEXT NOT NULL,
    audit TEXT NOT NULL REFERENCES audit (id),
    place TEXT NOT NULL,
    person TEXT NOT NULL,
    value TEXT NOT NULL,
    points BIGINT,
    body TEXT NOT NULL,
    PRIMARY KEY (seq, question),
    CHECK (place IN ('first', 'second')),
    CHECK (value IN ('yes', 'partly', 'no', 'not_applicable', 'points'))
)
--;
-- What an audit comes to: signed by the auditor, reviewed by another, closed.
CREATE TABLE audit_step (
    audit TEXT NOT NULL REFERENCES audit (id),
    step TEXT NOT NULL,
    person TEXT NOT NULL,
    other TEXT NOT NULL,
    differences BIGINT NOT NULL,
    body TEXT NOT NULL,
    seq BIGINT NOT NULL REFERENCES event (seq),
    PRIMARY KEY (audit, step),
    CHECK (step IN ('signed', 'reviewed', 'closed')),
    CHECK (person <> other)
)
--;
CREATE INDEX audit_template_of_code ON audit_template (code, version, seq)
--;
CREATE INDEX audit_of_supplier ON audit (supplier, no)
--;
CREATE INDEX audit_answer_of_audit ON audit_answer (audit, place, question)
--;
-- What was approved is never written again.
CREATE FUNCTION qc_audit_template_is_draft() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM line WHERE seq = NEW.seq AND type = 'audit_template.saved' AND person = NEW.author)
        OR EXISTS (SELECT 1 FROM audit_template_approved a WHERE a.code = NEW.code AND a.version = NEW.version) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER audit_template_is_draft BEFORE INSERT ON audit_template
FOR EACH ROW EXECUTE FUNCTION qc_audit_template_is_draft('state')
--;
-- Somebody other than who wrote a version last approves exactly what was written.
CREATE FUNCTION qc_audit_template_by_another() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM line WHERE seq = NEW.seq AND type = 'audit_template.approved' AND person = NEW.person)
        OR NOT EXISTS (SELECT 1 FROM audit_template t WHERE t.code = NEW.code AND t.version = NEW.version AND t.hash = NEW.hash
            AND t.author <> NEW.person AND NOT EXISTS (SELECT 1 FROM audit_template u WHERE u.code = NEW.code AND u.version = NEW.version AND u.seq > t.seq)) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER audit_template_by_another BEFORE INSERT ON audit_template_approved
FOR EACH ROW EXECUTE FUNCTION qc_audit_template_by_another('two-needed')
--;
-- An audit is opened by an approved version, by its auditor.
CREATE FUNCTION qc_audit_of_approved() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM line WHERE seq = NEW.seq AND type = 'audit.opened' AND person = NEW.auditor)
        OR NOT EXISTS (SELECT 1 FROM audit_template_approved a WHERE a.code = NEW.template AND a.version = NEW.version AND a.hash = NEW.hash) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER audit_of_approved BEFORE INSERT ON audit
FOR EACH ROW EXECUTE FUNCTION qc_audit_of_approved('state')
--;
-- The auditor answers until the first signature, somebody else from then until the second one.
CREATE FUNCTION qc_audit_answer_in_time() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM line WHERE seq = NEW.seq AND type = 'audit.answered' AND person = NEW.person)
        OR NOT EXISTS (SELECT 1 FROM audit a WHERE a.id = NEW.audit
            AND ((NEW.place = 'first' AND NEW.person = a.auditor AND NOT EXISTS (SELECT 1 FROM audit_step s WHERE s.audit = NEW.audit AND s.step = 'signed'))
                OR (NEW.place = 'second' AND NEW.person <> a.auditor AND EXISTS (SELECT 1 FROM audit_step s WHERE s.audit = NEW.audit AND s.step = 'signed') AND NOT EXISTS (SELECT 1 FROM audit_step s WHERE s.audit = NEW.audit AND s.step = 'reviewed')))) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER audit_answer_in_time BEFORE INSERT ON audit_answer
FOR EACH ROW EXECUTE FUNCTION qc_audit_answer_in_time('state')
--;
-- The auditor signs, then somebody else; where both answered otherwise, both close it.
CREATE FUNCTION qc_audit_step_by_two() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM line WHERE seq = NEW.seq AND type = 'audit.' || NEW.step AND person = NEW.person)
        OR (NEW.other <> '' AND NOT EXISTS (SELECT 1 FROM line_signer WHERE seq = NEW.seq AND person = NEW.other))
        OR NOT EXISTS (SELECT 1 FROM audit a WHERE a.id = NEW.audit
            AND ((NEW.step = 'signed' AND NEW.person = a.auditor)
                OR (NEW.step = 'reviewed' AND NEW.person <> a.auditor AND EXISTS (SELECT 1 FROM audit_step s WHERE s.audit = NEW.audit AND s.step = 'signed'))
                OR (NEW.step = 'closed' AND EXISTS (SELECT 1 FROM audit_step r WHERE r.audit = NEW.audit AND r.step = 'reviewed' AND r.person = NEW.person
                    AND (r.differences = 0 OR NEW.other = a.auditor))))) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER audit_step_by_two BEFORE INSERT ON audit_step
FOR EACH ROW EXECUTE FUNCTION qc_audit_step_by_two('two-needed')
--;
CREATE TRIGGER audit_template_no_truncate BEFORE TRUNCATE ON audit_template
FOR EACH STATEMENT EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER audit_template_no_delete BEFORE DELETE ON audit_template
FOR EACH ROW EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER audit_template_no_update BEFORE UPDATE ON audit_template
FOR EACH ROW EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER audit_template_of_last_event BEFORE INSERT ON audit_template
FOR EACH ROW EXECUTE FUNCTION qc_of_last_event('unverified')
--;
CREATE TRIGGER audit_template_approved_no_truncate BEFORE TRUNCATE ON audit_template_approved
FOR EACH STATEMENT EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER audit_template_approved_no_delete BEFORE DELETE ON audit_template_approved
FOR EACH ROW EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER audit_template_approved_no_update BEFORE UPDATE ON audit_template_approved
FOR EACH ROW EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER audit_template_approved_of_last_event BEFORE INSERT ON audit_template_approved
FOR EACH ROW EXECUTE FUNCTION qc_of_last_event('unverified')
--;
CREATE TRIGGER audit_no_truncate BEFORE TRUNCATE ON audit
FOR EACH STATEMENT EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit
FOR EACH ROW EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit
FOR EACH ROW EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER audit_of_last_event BEFORE INSERT ON audit
FOR EACH ROW EXECUTE FUNCTION qc_of_last_event('unverified')
--;
CREATE TRIGGER audit_answer_no_truncate BEFORE TRUNCATE ON audit_answer
FOR EACH STATEMENT EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER audit_answer_no_delete BEFORE DELETE ON audit_answer
FOR EACH ROW EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER audit_answer_no_update BEFORE UPDATE ON audit_answer
FOR EACH ROW EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER audit_answer_of_last_event BEFORE INSERT ON audit_answer
FOR EACH ROW EXECUTE FUNCTION qc_of_last_event('unverified')
--;
CREATE TRIGGER audit_step_no_truncate BEFORE TRUNCATE ON audit_step
FOR EACH STATEMENT EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER audit_step_no_delete BEFORE DELETE ON audit_step
FOR EACH ROW EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER audit_step_no_update BEFORE UPDATE ON audit_step
FOR EACH ROW EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER audit_step_of_last_event BEFORE INSERT ON audit_step
FOR EACH ROW EXECUTE FUNCTION qc_of_last_event('unverified')
