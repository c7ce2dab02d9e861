-- SPDX-License-Identifier: Apache-2.0
-- Third schema, supplier audits: templates, runs, answers, SQLite: statements end with a line that holds only two dashes and a semicolon.
-- Versions of audit templates, each as it was written; the last row of a version counts.
CREATE TABLE audit_template (
    seq INTEGER NOT NULL PRIMARY KEY REFERENCES event (seq),
    code TEXT NOT NULL,
    version INTEGER NOT NULL,
    author TEXT NOT NULL,
    hash TEXT NOT NULL,
    body TEXT NOT NULL,
    CHECK (version > 0)
) STRICT
--;
CREATE TABLE audit_template_approved (
    code TEXT NOT NULL,
    version INTEGER NOT NULL,
    hash TEXT NOT NULL,
    person TEXT NOT NULL,
    seq INTEGER NOT NULL REFERENCES event (seq),
    PRIMARY KEY (code, version)
) STRICT
--;
CREATE TABLE audit (
    id TEXT NOT NULL PRIMARY KEY,
    no INTEGER NOT NULL UNIQUE,
    supplier TEXT NOT NULL REFERENCES supplier (id),
    template TEXT NOT NULL,
    version INTEGER NOT NULL,
    hash TEXT NOT NULL,
    auditor TEXT NOT NULL,
    seq INTEGER NOT NULL REFERENCES event (seq),
    CHECK (no > 0)
) STRICT
--;
-- Every answer as it was saved; the last one to a question counts.
CREATE TABLE audit_answer (
    seq INTEGER NOT NULL REFERENCES event (seq),
    question TEXT NOT NULL,
    audit TEXT NOT NULL REFERENCES audit (id),
    place TEXT NOT NULL,
    person TEXT NOT NULL,
    value TEXT NOT NULL,
    points INTEGER,
    body TEXT NOT NULL,
    PRIMARY KEY (seq, question),
    CHECK (place IN ('first', 'second')),
    CHECK (value IN ('yes', 'partly', 'no', 'not_applicable', 'points'))
) STRICT
--;
-- What an audit comes to: signed by the auditor, reviewed by another, closed.
CREATE TABLE audit_step (
    audit TEXT NOT NULL REFERENCES audit (id),
    step TEXT NOT NULL,
    person TEXT NOT NULL,
    other TEXT NOT NULL,
    differences INTEGER NOT NULL,
    body TEXT NOT NULL,
    seq INTEGER NOT NULL REFERENCES event (seq),
    PRIMARY KEY (audit, step),
    CHECK (step IN ('signed', 'reviewed', 'closed')),
    CHECK (person <> other)
) STRICT
--;
CREATE INDEX audit_template_of_code ON audit_template (code, version, seq)
--;
CREATE INDEX audit_of_supplier ON audit (supplier, no)
--;
CREATE INDEX audit_answer_of_audit ON audit_answer (audit, place, question)
--;
-- What was approved is never written again.
CREATE TRIGGER audit_template_is_draft BEFORE INSERT ON audit_template
WHEN NOT EXISTS (SELECT 1 FROM line WHERE seq = NEW.seq AND type = 'audit_template.saved' AND person = NEW.author)
    OR EXISTS (SELECT 1 FROM audit_template_approved a WHERE a.code = NEW.code AND a.version = NEW.version)
BEGIN SELECT RAISE(ABORT, 'rule:state'); END
--;
-- Somebody other than who wrote a version last approves exactly what was written.
CREATE TRIGGER audit_template_by_another BEFORE INSERT ON audit_template_approved
WHEN NOT EXISTS (SELECT 1 FROM line WHERE seq = NEW.seq AND type = 'audit_template.approved' AND person = NEW.person)
    OR NOT EXISTS (SELECT 1 FROM audit_template t WHERE t.code = NEW.code AND t.version = NEW.version AND t.hash = NEW.hash
        AND t.author <> NEW.person AND NOT EXISTS (SELECT 1 FROM audit_template u WHERE u.code = NEW.code AND u.version = NEW.version AND u.seq > t.seq))
BEGIN SELECT RAISE(ABORT, 'rule:two-needed'); END
--;
-- An audit is opened by an approved version, by its auditor.
CREATE TRIGGER audit_of_approved BEFORE INSERT ON audit
WHEN NOT EXISTS (SELECT 1 FROM line WHERE seq = NEW.seq AND type = 'audit.opened' AND person = NEW.auditor)
    OR NOT EXISTS (SELECT 1 FROM audit_template_approved a WHERE a.code = NEW.template AND a.version = NEW.version AND a.hash = NEW.hash)
BEGIN SELECT RAISE(ABORT, 'rule:state'); END
--;
-- The auditor answers until the first signature, somebody else from then until the second one.
CREATE TRIGGER audit_answer_in_time BEFORE INSERT ON audit_answer
WHEN NOT EXISTS (SELECT 1 FROM line WHERE seq = NEW.seq AND type = 'audit.answered' AND person = NEW.person)
    OR NOT EXISTS (SELECT 1 FROM audit a WHERE a.id = NEW.audit
        AND ((NEW.place = 'first' AND NEW.person = a.auditor AND NOT EXISTS (SELECT 1 FROM audit_step s WHERE s.audit = NEW.audit AND s.step = 'signed'))
            OR (NEW.place = 'second' AND NEW.person <> a.auditor AND EXISTS (SELECT 1 FROM audit_step s WHERE s.audit = NEW.audit AND s.step = 'signed') AND NOT EXISTS (SELECT 1 FROM audit_step s WHERE s.audit = NEW.audit AND s.step = 'reviewed'))))
BEGIN SELECT RAISE(ABORT, 'rule:state'); END
--;
-- The auditor signs, then somebody else; where both answered otherwise, both close it.
CREATE TRIGGER audit_step_by_two BEFORE INSERT ON audit_step
WHEN NOT EXISTS (SELECT 1 FROM line WHERE seq = NEW.seq AND type = 'audit.' || NEW.step AND person = NEW.person)
    OR (NEW.other <> '' AND NOT EXISTS (SELECT 1 FROM line_signer WHERE seq = NEW.seq AND person = NEW.other))
    OR NOT EXISTS (SELECT 1 FROM audit a WHERE a.id = NEW.audit
        AND ((NEW.step = 'signed' AND NEW.person = a.auditor)
            OR (NEW.step = 'reviewed' AND NEW.person <> a.auditor AND EXISTS (SELECT 1 FROM audit_step s WHERE s.audit = NEW.audit AND s.step = 'signed'))
            OR (NEW.step = 'closed' AND EXISTS (SELECT 1 FROM audit_step r WHERE r.audit = NEW.audit AND r.step = 'reviewed' AND r.person = NEW.person
                AND (r.differences = 0 OR NEW.other = a.auditor)))))
BEGIN SELECT RAISE(ABORT, 'rule:two-needed'); END
--;
CREATE TRIGGER audit_template_program_insert BEFORE INSERT ON audit_template
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER audit_template_program_update BEFORE UPDATE ON audit_template
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER audit_template_program_delete BEFORE DELETE ON audit_template
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER audit_template_no_replace BEFORE INSERT ON audit_template
WHEN EXISTS (SELECT 1 FROM audit_template WHERE seq IS NEW.seq)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER audit_template_no_delete BEFORE DELETE ON audit_template
WHEN 1
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER audit_template_no_update BEFORE UPDATE ON audit_template
WHEN 1
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER audit_template_of_last_event BEFORE INSERT ON audit_template
WHEN NEW.seq IS NOT (SELECT max(seq) FROM event)
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
CREATE TRIGGER audit_template_approved_program_insert BEFORE INSERT ON audit_template_approved
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER audit_template_approved_program_update BEFORE UPDATE ON audit_template_approved
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER audit_template_approved_program_delete BEFORE DELETE ON audit_template_approved
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER audit_template_approved_no_replace BEFORE INSERT ON audit_template_approved
WHEN EXISTS (SELECT 1 FROM audit_template_approved WHERE code IS NEW.code AND version IS NEW.version)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER audit_template_approved_no_delete BEFORE DELETE ON audit_template_approved
WHEN 1
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER audit_template_approved_no_update BEFORE UPDATE ON audit_template_approved
WHEN 1
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER audit_template_approved_rowid_free BEFORE INSERT ON audit_template_approved
WHEN EXISTS (SELECT 1 FROM audit_template_approved WHERE rowid IS NEW.rowid)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER audit_template_approved_of_last_event BEFORE INSERT ON audit_template_approved
WHEN NEW.seq IS NOT (SELECT max(seq) FROM event)
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
CREATE TRIGGER audit_program_insert BEFORE INSERT ON audit
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER audit_program_update BEFORE UPDATE ON audit
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER audit_program_delete BEFORE DELETE ON audit
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER audit_no_replace BEFORE INSERT ON audit
WHEN EXISTS (SELECT 1 FROM audit WHERE id IS NEW.id) OR EXISTS (SELECT 1 FROM audit WHERE no IS NEW.no)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit
WHEN 1
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit
WHEN 1
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER audit_rowid_free BEFORE INSERT ON audit
WHEN EXISTS (SELECT 1 FROM audit WHERE rowid IS NEW.rowid)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER audit_of_last_event BEFORE INSERT ON audit
WHEN NEW.seq IS NOT (SELECT max(seq) FROM event)
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
CREATE TRIGGER audit_answer_program_insert BEFORE INSERT ON audit_answer
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER audit_answer_program_update BEFORE UPDATE ON audit_answer
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER audit_answer_program_delete BEFORE DELETE ON audit_answer
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER audit_answer_no_replace BEFORE INSERT ON audit_answer
WHEN EXISTS (SELECT 1 FROM audit_answer WHERE seq IS NEW.seq AND question IS NEW.question)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER audit_answer_no_delete BEFORE DELETE ON audit_answer
WHEN 1
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER audit_answer_no_update BEFORE UPDATE ON audit_answer
WHEN 1
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER audit_answer_rowid_free BEFORE INSERT ON audit_answer
WHEN EXISTS (SELECT 1 FROM audit_answer WHERE rowid IS NEW.rowid)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER audit_answer_of_last_event BEFORE INSERT ON audit_answer
WHEN NEW.seq IS NOT (SELECT max(seq) FROM event)
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
CREATE TRIGGER audit_step_program_insert BEFORE INSERT ON audit_step
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER audit_step_program_update BEFORE UPDATE ON audit_step
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER audit_step_program_delete BEFORE DELETE ON audit_step
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER audit_step_no_replace BEFORE INSERT ON audit_step
WHEN EXISTS (SELECT 1 FROM audit_step WHERE audit IS NEW.audit AND step IS NEW.step)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER audit_step_no_delete BEFORE DELETE ON audit_step
WHEN 1
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER audit_step_no_update BEFORE UPDATE ON audit_step
WHEN 1
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER audit_step_rowid_free BEFORE INSERT ON audit_step
WHEN EXISTS (SELECT 1 FROM audit_step WHERE rowid IS NEW.rowid)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER audit_step_of_last_event BEFORE INSERT ON audit_step
WHEN NEW.seq IS NOT (SELECT max(seq) FROM event)
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
