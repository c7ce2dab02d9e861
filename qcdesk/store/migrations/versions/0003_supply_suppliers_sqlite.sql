-- SPDX-License-Identifier: Apache-2.0
-- Third schema, suppliers, SQLite: statements end with a line that holds only two dashes and a semicolon.
-- Contacts, numbers, products and certificates, as the record spells them; empty where it has none.
ALTER TABLE supplier ADD COLUMN more TEXT NOT NULL DEFAULT ''
--;
-- How a supplier stands: its last row counts, and one without any is approved.
CREATE TABLE supplier_status (
    seq INTEGER NOT NULL PRIMARY KEY REFERENCES event (seq),
    supplier TEXT NOT NULL REFERENCES supplier (id),
    status TEXT NOT NULL,
    reason TEXT NOT NULL,
    at INTEGER NOT NULL,
    person TEXT NOT NULL,
    other TEXT NOT NULL,
    CHECK (status IN ('approved', 'conditional', 'blocked')),
    CHECK (person <> other)
) STRICT
--;
CREATE INDEX supplier_status_of ON supplier_status (supplier, seq)
--;
CREATE TRIGGER supplier_status_by_its_event BEFORE INSERT ON supplier_status
WHEN NOT EXISTS (SELECT 1 FROM line WHERE seq IS NEW.seq AND person IS NEW.person AND type = 'supplier.status')
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
-- Stopping takes one person with a role; whoever is named beside has signed beside.
CREATE TRIGGER supplier_status_by_workers BEFORE INSERT ON supplier_status
WHEN NOT EXISTS (SELECT 1 FROM act_worker WHERE seq = NEW.seq AND person = NEW.person)
    OR (NEW.other <> '' AND NOT EXISTS (SELECT 1 FROM act_worker WHERE seq = NEW.seq AND person = NEW.other))
BEGIN SELECT RAISE(ABORT, 'rule:role'); END
--;
-- Letting more through takes two releasers.
CREATE TRIGGER supplier_status_by_two BEFORE INSERT ON supplier_status
WHEN (SELECT count(DISTINCT person) FROM standing_role WHERE role = 'releaser' AND person IN (NEW.person, NEW.other)) < 2
    AND instr('approved conditional blocked', NEW.status) < instr('approved conditional blocked', coalesce(
        (SELECT t.status FROM supplier_status t WHERE t.supplier = NEW.supplier ORDER BY t.seq DESC LIMIT 1), 'approved'))
BEGIN SELECT RAISE(ABORT, 'rule:two-needed'); END
--;
-- Nothing of a blocked supplier is released, under a concession neither.
CREATE TRIGGER batch_supplier_not_blocked BEFORE UPDATE ON batch
WHEN NEW.state IN ('released', 'released_under_concession') AND OLD.state IS NOT NEW.state
    AND (SELECT t.status FROM supplier_status t WHERE t.supplier = NEW.supplier ORDER BY t.seq DESC LIMIT 1) = 'blocked'
BEGIN SELECT RAISE(ABORT, 'rule:supplier-blocked'); END
--;
CREATE TRIGGER supplier_status_program_insert BEFORE INSERT ON supplier_status
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER supplier_status_program_update BEFORE UPDATE ON supplier_status
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER supplier_status_program_delete BEFORE DELETE ON supplier_status
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER supplier_status_no_replace BEFORE INSERT ON supplier_status
WHEN EXISTS (SELECT 1 FROM supplier_status WHERE seq IS NEW.seq)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER supplier_status_no_delete BEFORE DELETE ON supplier_status
WHEN 1
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER supplier_status_no_update BEFORE UPDATE ON supplier_status
WHEN 1
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER supplier_status_of_last_event BEFORE INSERT ON supplier_status
WHEN NEW.seq IS NOT (SELECT max(seq) FROM event)
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
