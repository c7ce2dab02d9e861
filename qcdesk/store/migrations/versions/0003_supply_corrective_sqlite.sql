-- SPDX-License-Identifier: Apache-2.0
-- Third schema, corrective action requests, promises, and stops of repeated defects, SQLite: statements end with a line that holds only two dashes and a semicolon.
-- Corrective actions; what is said in them stands in action_said, and the last of each kind counts.
CREATE TABLE corrective_action (
    id TEXT NOT NULL PRIMARY KEY,
    number INTEGER NOT NULL UNIQUE,
    supplier TEXT NOT NULL REFERENCES supplier (id),
    product TEXT NOT NULL,
    person TEXT NOT NULL REFERENCES person (id),
    at INTEGER NOT NULL,
    body TEXT NOT NULL,
    seq INTEGER NOT NULL REFERENCES event (seq)
) STRICT
--;
CREATE INDEX corrective_action_of_supplier ON corrective_action (supplier)
--;
CREATE TABLE action_said (
    seq INTEGER NOT NULL PRIMARY KEY REFERENCES event (seq),
    action TEXT NOT NULL REFERENCES corrective_action (id),
    kind TEXT NOT NULL,
    about TEXT NOT NULL,
    person TEXT NOT NULL REFERENCES person (id),
    at INTEGER NOT NULL,
    body TEXT NOT NULL,
    CHECK (kind IN ('step', 'sent', 'replied', 'closed', 'reopened'))
) STRICT
--;
CREATE INDEX action_said_of_action ON action_said (action, seq)
--;
CREATE TABLE promise (
    id TEXT NOT NULL PRIMARY KEY,
    action TEXT NOT NULL REFERENCES corrective_action (id),
    no INTEGER NOT NULL,
    due TEXT NOT NULL,
    test TEXT NOT NULL,
    words TEXT NOT NULL,
    replaces TEXT REFERENCES promise (id),
    at INTEGER NOT NULL,
    seq INTEGER NOT NULL REFERENCES event (seq)
) STRICT
--;
CREATE INDEX promise_of_action ON promise (action, no)
--;
-- While a stop stands, nothing of its supplier and product is released.
CREATE TABLE release_stop (
    seq INTEGER NOT NULL PRIMARY KEY REFERENCES event (seq),
    supplier TEXT NOT NULL,
    product TEXT NOT NULL,
    code TEXT NOT NULL,
    action TEXT NOT NULL REFERENCES corrective_action (id),
    lot TEXT NOT NULL REFERENCES batch (id),
    decided INTEGER REFERENCES event (seq)
) STRICT
--;
CREATE INDEX release_stop_of_supply ON release_stop (supplier, product)
--;
CREATE INDEX release_stop_of_action ON release_stop (action)
--;
CREATE TRIGGER release_stop_by_its_event BEFORE INSERT ON release_stop
WHEN NEW.decided IS NOT NULL OR NOT EXISTS (SELECT 1 FROM line WHERE seq = NEW.seq AND type = 'defect.repeated')
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
-- What a stop says stays; two who release decide about it, once.
CREATE TRIGGER release_stop_stays BEFORE UPDATE ON release_stop
WHEN NEW.supplier IS NOT OLD.supplier OR NEW.product IS NOT OLD.product OR NEW.code IS NOT OLD.code OR NEW.action IS NOT OLD.action
    OR NEW.lot IS NOT OLD.lot OR OLD.decided IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER release_stop_by_two BEFORE UPDATE ON release_stop
WHEN NEW.decided IS NOT OLD.decided AND NOT EXISTS (SELECT 1 FROM line WHERE seq = NEW.decided AND seq = (SELECT max(seq) FROM line) AND type = 'stop.decided'
    AND (SELECT count(DISTINCT s.person) FROM act_signer s JOIN standing_role h ON h.person = s.person
        LEFT JOIN product p ON p.code = NEW.product WHERE s.seq = NEW.decided AND h.role = 'releaser'
        AND (h.families = '[]' OR p.family IN (SELECT value FROM json_each(h.families)))) >= 2)
BEGIN SELECT RAISE(ABORT, 'rule:two-needed'); END
--;
CREATE TRIGGER batch_release_stopped BEFORE UPDATE ON batch
WHEN NEW.state IN ('released', 'released_under_concession') AND OLD.state IS NOT NEW.state
    AND EXISTS (SELECT 1 FROM release_stop s JOIN product p ON p.code = s.product
        WHERE s.decided IS NULL AND s.supplier = NEW.supplier AND p.id = NEW.product)
BEGIN SELECT RAISE(ABORT, 'rule:release-stopped'); END
--;
-- A defect that came again tightens inspection too: that is of no lot (the lot had its own row), and nobody sets it.
DROP TRIGGER severity_by_its_event
--;
CREATE TRIGGER severity_by_its_event BEFORE INSERT ON severity
WHEN NEW.seq IS NOT (SELECT max(seq) FROM line) OR NOT EXISTS (SELECT 1 FROM line WHERE seq IS NEW.seq AND person IS NEW.person AND batch IS NEW.batch
    AND (type IN ('round.compared', 'round.decided', 'round.rejected_after_all', 'severity.set') OR (type = 'defect.repeated' AND NEW.severity = 'tightened')))
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
DROP TRIGGER severity_by_two
--;
CREATE TRIGGER severity_by_two BEFORE INSERT ON severity
WHEN NEW.batch IS NULL AND NOT EXISTS (SELECT 1 FROM line_signer WHERE seq = NEW.seq AND person = NEW.other AND person <> NEW.person)
    AND NOT (NEW.severity = 'normal' AND (SELECT s.severity FROM severity s WHERE s.supplier = NEW.supplier AND s.product = NEW.product
        AND s.procedure = NEW.procedure AND s.defect_class = NEW.defect_class ORDER BY s.seq DESC LIMIT 1) IS 'reduced')
    AND NOT EXISTS (SELECT 1 FROM line WHERE seq = NEW.seq AND type = 'defect.repeated')
BEGIN SELECT RAISE(ABORT, 'rule:two-needed'); END
--;
DROP TRIGGER severity_by_planners
--;
CREATE TRIGGER severity_by_planners BEFORE INSERT ON severity
WHEN NEW.batch IS NULL AND NOT EXISTS (SELECT 1 FROM line WHERE seq = NEW.seq AND type = 'defect.repeated')
    AND (NOT EXISTS (SELECT 1 FROM planner WHERE person = NEW.person AND product = NEW.product)
    OR (NEW.other <> '' AND NOT EXISTS (SELECT 1 FROM planner WHERE person = NEW.other AND product = NEW.product)))
BEGIN SELECT RAISE(ABORT, 'rule:role'); END
--;
CREATE TRIGGER corrective_action_program_insert BEFORE INSERT ON corrective_action
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER corrective_action_program_update BEFORE UPDATE ON corrective_action
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER corrective_action_program_delete BEFORE DELETE ON corrective_action
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER corrective_action_no_replace BEFORE INSERT ON corrective_action
WHEN EXISTS (SELECT 1 FROM corrective_action WHERE id IS NEW.id) OR EXISTS (SELECT 1 FROM corrective_action WHERE number IS NEW.number)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER corrective_action_no_delete BEFORE DELETE ON corrective_action
WHEN 1
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER corrective_action_no_update BEFORE UPDATE ON corrective_action
WHEN 1
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER corrective_action_rowid_free BEFORE INSERT ON corrective_action
WHEN EXISTS (SELECT 1 FROM corrective_action WHERE rowid IS NEW.rowid)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER corrective_action_of_last_event BEFORE INSERT ON corrective_action
WHEN NEW.seq IS NOT (SELECT max(seq) FROM event)
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
CREATE TRIGGER action_said_program_insert BEFORE INSERT ON action_said
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER action_said_program_update BEFORE UPDATE ON action_said
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER action_said_program_delete BEFORE DELETE ON action_said
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER action_said_no_replace BEFORE INSERT ON action_said
WHEN EXISTS (SELECT 1 FROM action_said WHERE seq IS NEW.seq)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER action_said_no_delete BEFORE DELETE ON action_said
WHEN 1
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER action_said_no_update BEFORE UPDATE ON action_said
WHEN 1
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER action_said_of_last_event BEFORE INSERT ON action_said
WHEN NEW.seq IS NOT (SELECT max(seq) FROM event)
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
CREATE TRIGGER promise_program_insert BEFORE INSERT ON promise
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER promise_program_update BEFORE UPDATE ON promise
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER promise_program_delete BEFORE DELETE ON promise
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER promise_no_replace BEFORE INSERT ON promise
WHEN EXISTS (SELECT 1 FROM promise WHERE id IS NEW.id)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER promise_no_delete BEFORE DELETE ON promise
WHEN 1
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER promise_no_update BEFORE UPDATE ON promise
WHEN 1
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER promise_rowid_free BEFORE INSERT ON promise
WHEN EXISTS (SELECT 1 FROM promise WHERE rowid IS NEW.rowid)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER promise_of_last_event BEFORE INSERT ON promise
WHEN NEW.seq IS NOT (SELECT max(seq) FROM event)
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
CREATE TRIGGER release_stop_program_insert BEFORE INSERT ON release_stop
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER release_stop_program_update BEFORE UPDATE ON release_stop
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER release_stop_program_delete BEFORE DELETE ON release_stop
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER release_stop_no_replace BEFORE INSERT ON release_stop
WHEN EXISTS (SELECT 1 FROM release_stop WHERE seq IS NEW.seq)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER release_stop_no_delete BEFORE DELETE ON release_stop
WHEN 1
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER release_stop_key_stays BEFORE UPDATE ON release_stop
WHEN NEW.seq IS NOT OLD.seq
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER release_stop_of_last_event BEFORE INSERT ON release_stop
WHEN NEW.seq IS NOT (SELECT max(seq) FROM event)
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
