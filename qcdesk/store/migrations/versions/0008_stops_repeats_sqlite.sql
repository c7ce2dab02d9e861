-- SPDX-License-Identifier: Apache-2.0
-- Eighth schema, what stops goods, and how it is told, SQLite: statements end with a line that holds only two dashes and a semicolon.
-- A report from outside that names no batch stops goods too: its stop names no lot, and the report in its stead.
CREATE TABLE release_stop_kept AS SELECT seq, supplier, product, code, action, lot, decided FROM release_stop
--;
DROP TABLE release_stop
--;
CREATE TABLE release_stop (
    seq INTEGER NOT NULL PRIMARY KEY REFERENCES event (seq),
    supplier TEXT NOT NULL,
    product TEXT NOT NULL,
    code TEXT NOT NULL,
    action TEXT NOT NULL REFERENCES corrective_action (id),
    lot TEXT REFERENCES batch (id),
    decided INTEGER REFERENCES event (seq)
) STRICT
--;
INSERT INTO release_stop SELECT seq, supplier, product, code, action, lot, decided FROM release_stop_kept
--;
DROP TABLE release_stop_kept
--;
CREATE INDEX release_stop_of_supply ON release_stop (supplier, product)
--;
CREATE INDEX release_stop_of_action ON release_stop (action)
--;
CREATE TRIGGER release_stop_by_its_event BEFORE INSERT ON release_stop
WHEN NEW.decided IS NOT NULL OR NOT EXISTS (SELECT 1 FROM line WHERE seq = NEW.seq AND type = 'defect.repeated')
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
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
--;
CREATE TRIGGER release_stop_names_lot_or_report BEFORE INSERT ON release_stop
WHEN (NEW.lot IS NULL) <> EXISTS (SELECT 1 FROM action_said d WHERE d.seq = NEW.seq AND json_extract(d.body, '$.report') IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
-- A test that names no class needs no term of its own: it equals no class, so that nothing compares as 0.
DROP TRIGGER promise_class_of_its_action
--;
CREATE TRIGGER promise_class_of_its_action BEFORE INSERT ON promise
WHEN (SELECT max(x.defect_class = json_extract(NEW.test, '$.defect_class')) FROM (
    SELECT code, defect_class FROM defect_code
    UNION ALL SELECT json_extract(d.value, '$.code'), json_extract(d.value, '$.defect_class') FROM procedure_version v, json_each(v.content, '$.defects') d
    UNION ALL SELECT json_extract(d.value, '$.code'), coalesce(json_extract(d.value, '$.defect_class'), 'major') FROM procedure_version v, json_each(v.content, '$.characteristics') d
    ) x WHERE x.code IN (SELECT c.value FROM corrective_action a, json_each(a.body, '$.codes') c WHERE a.id = NEW.action)) = 0
BEGIN SELECT RAISE(ABORT, 'rule:promise'); END
--;
