-- SPDX-License-Identifier: Apache-2.0
-- Fourth schema, suppliers that are one, and their papers, SQLite: statements end with a line that holds only two dashes and a semicolon.
-- A supplier that is the same as another one, its root: decided with a reason, and undone as well; nothing of either is written anew.
CREATE TABLE supplier_merge (
    seq INTEGER NOT NULL PRIMARY KEY REFERENCES event (seq),
    supplier TEXT NOT NULL REFERENCES supplier (id),
    root TEXT NOT NULL REFERENCES supplier (id),
    reason TEXT NOT NULL,
    at INTEGER NOT NULL,
    person TEXT NOT NULL,
    other TEXT NOT NULL,
    undone INTEGER REFERENCES event (seq),
    CHECK (supplier <> root),
    CHECK (person <> other)
) STRICT
--;
CREATE INDEX supplier_merge_of ON supplier_merge (supplier)
--;
CREATE INDEX supplier_merge_into ON supplier_merge (root)
--;
-- Who is the same as whom: each supplier itself, then whoever it is held to be, from which event on.
CREATE VIEW supplier_kin AS
SELECT id AS supplier, id AS kin, 0 AS since FROM supplier
UNION ALL SELECT supplier, root, seq FROM supplier_merge WHERE undone IS NULL
UNION ALL SELECT root, supplier, seq FROM supplier_merge WHERE undone IS NULL
UNION ALL SELECT a.supplier, b.supplier, CASE WHEN a.seq > b.seq THEN a.seq ELSE b.seq END FROM supplier_merge a
    JOIN supplier_merge b ON b.root = a.root AND b.supplier <> a.supplier WHERE a.undone IS NULL AND b.undone IS NULL
--;
CREATE TRIGGER supplier_merge_by_its_event BEFORE INSERT ON supplier_merge
WHEN NEW.undone IS NOT NULL OR NOT EXISTS (SELECT 1 FROM line WHERE seq IS NEW.seq AND person IS NEW.person AND type = 'supplier.merged')
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
-- Which supplier is the same as which decides what is released, and how strictly lots are inspected: two planners say so, and two undo it.
CREATE TRIGGER supplier_merge_by_two BEFORE INSERT ON supplier_merge
WHEN (SELECT count(DISTINCT s.person) FROM act_signer s JOIN standing_role h ON h.person = s.person WHERE s.seq = NEW.seq AND h.role = 'planner') < 2
    OR NOT EXISTS (SELECT 1 FROM act_signer WHERE seq = NEW.seq AND person = NEW.other)
BEGIN SELECT RAISE(ABORT, 'rule:two-needed'); END
--;
-- One is the same as one: no chains, no circles.
CREATE TRIGGER supplier_merge_no_chain BEFORE INSERT ON supplier_merge
WHEN EXISTS (SELECT 1 FROM supplier_merge WHERE undone IS NULL AND (supplier IN (NEW.supplier, NEW.root) OR root = NEW.supplier))
BEGIN SELECT RAISE(ABORT, 'rule:supplier-merged'); END
--;
CREATE TRIGGER supplier_merge_stays BEFORE UPDATE ON supplier_merge
WHEN NEW.supplier IS NOT OLD.supplier OR NEW.root IS NOT OLD.root OR NEW.reason IS NOT OLD.reason OR NEW.at IS NOT OLD.at
    OR NEW.person IS NOT OLD.person OR NEW.other IS NOT OLD.other OR OLD.undone IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER supplier_merge_undone_by_two BEFORE UPDATE ON supplier_merge
WHEN NEW.undone IS NOT OLD.undone AND NOT EXISTS (SELECT 1 FROM line WHERE seq = NEW.undone AND seq = (SELECT max(seq) FROM line) AND type = 'supplier.unmerged'
    AND (SELECT count(DISTINCT s.person) FROM act_signer s JOIN standing_role h ON h.person = s.person WHERE s.seq = NEW.undone AND h.role = 'planner') >= 2)
BEGIN SELECT RAISE(ABORT, 'rule:two-needed'); END
--;
-- New batches come from the one that a supplier is the same as; parts of what is there stay whose they are.
CREATE TRIGGER batch_of_merged BEFORE INSERT ON batch
WHEN EXISTS (SELECT 1 FROM supplier_merge WHERE supplier = NEW.supplier AND undone IS NULL)
    AND NOT EXISTS (SELECT 1 FROM batch_part WHERE batch = NEW.id)
BEGIN SELECT RAISE(ABORT, 'rule:supplier-merged'); END
--;
CREATE TRIGGER batch_to_merged BEFORE UPDATE ON batch
WHEN NEW.supplier IS NOT OLD.supplier AND EXISTS (SELECT 1 FROM supplier_merge WHERE supplier = NEW.supplier AND undone IS NULL)
BEGIN SELECT RAISE(ABORT, 'rule:supplier-merged'); END
--;
-- What keeps goods of one supplier from being released keeps those of whoever is the same: a block, a stop of what came again,
-- the budget of concessions, inspection that was discontinued.
DROP TRIGGER batch_supplier_not_blocked
--;
CREATE TRIGGER batch_supplier_not_blocked BEFORE UPDATE ON batch
WHEN NEW.state IN ('released', 'released_under_concession') AND OLD.state IS NOT NEW.state
    AND EXISTS (SELECT 1 FROM supplier_kin n WHERE n.supplier = NEW.supplier
        AND (SELECT t.status FROM supplier_status t WHERE t.supplier = n.kin ORDER BY t.seq DESC LIMIT 1) = 'blocked')
BEGIN SELECT RAISE(ABORT, 'rule:supplier-blocked'); END
--;
DROP TRIGGER batch_release_stopped
--;
CREATE TRIGGER batch_release_stopped BEFORE UPDATE ON batch
WHEN NEW.state IN ('released', 'released_under_concession') AND OLD.state IS NOT NEW.state
    AND EXISTS (SELECT 1 FROM supplier_kin n JOIN release_stop s ON s.supplier = n.kin JOIN product p ON p.code = s.product
        WHERE n.supplier = NEW.supplier AND s.decided IS NULL AND p.id = NEW.product)
BEGIN SELECT RAISE(ABORT, 'rule:release-stopped'); END
--;
DROP TRIGGER concession_approved_within_budget
--;
CREATE TRIGGER concession_approved_within_budget BEFORE INSERT ON concession_answer
WHEN NEW.answer = 'approved' AND EXISTS (SELECT 1 FROM batch b JOIN supplier_kin n ON n.supplier = b.supplier JOIN concession_budget g ON g.seq = (SELECT max(seq) FROM concession_budget WHERE supplier = n.kin) WHERE b.id = NEW.batch AND 10000 * (NEW.quantity + (SELECT coalesce(sum(a.quantity), 0) FROM concession_answer a JOIN batch o ON o.id = a.batch WHERE o.supplier IN (SELECT kin FROM supplier_kin WHERE supplier = b.supplier) AND a.answer = 'approved' AND date(a.at / 1000000 + 0, 'unixepoch') >= date((SELECT at FROM line WHERE seq = NEW.seq) / 1000000 + 86400, 'unixepoch', '-' || g.months || ' months', 'floor'))) > g.per_10000 * (SELECT coalesce(sum(o.quantity), 0) FROM batch o WHERE o.supplier IN (SELECT kin FROM supplier_kin WHERE supplier = b.supplier) AND o.state <> 'cancelled' AND NOT EXISTS (SELECT 1 FROM batch_part t WHERE t.batch = o.id) AND date(o.registered_at / 1000000 + 0, 'unixepoch') >= date((SELECT at FROM line WHERE seq = NEW.seq) / 1000000 + -86400, 'unixepoch', '-' || g.months || ' months', 'floor')))
BEGIN SELECT RAISE(ABORT, 'rule:concession-budget'); END
--;
DROP TRIGGER round_not_discontinued
--;
CREATE TRIGGER round_not_discontinued BEFORE INSERT ON round
WHEN json_extract(NEW.opened, '$.procedure.content.switching') IS NOT NULL
    AND EXISTS (SELECT 1 FROM json_each(NEW.opened, '$.procedure.content.rules') r JOIN batch b ON b.id = NEW.batch JOIN product p ON p.id = b.product JOIN severity s ON s.product = p.code
        WHERE json_extract(r.value, '$.kind') = 'aql' AND s.supplier IN (SELECT coalesce(b.supplier, '') UNION ALL SELECT kin FROM supplier_kin WHERE supplier = b.supplier)
            AND s.procedure = json_extract(NEW.opened, '$.procedure.code') AND s.defect_class = json_extract(r.value, '$.defect_class') AND s.severity = 'discontinued'
            AND NOT EXISTS (SELECT 1 FROM severity t WHERE t.supplier = s.supplier AND t.product = s.product AND t.procedure = s.procedure
                AND t.defect_class = s.defect_class AND t.seq > s.seq))
BEGIN SELECT RAISE(ABORT, 'rule:discontinued'); END
--;
CREATE TRIGGER supplier_merge_program_insert BEFORE INSERT ON supplier_merge
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER supplier_merge_program_update BEFORE UPDATE ON supplier_merge
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER supplier_merge_program_delete BEFORE DELETE ON supplier_merge
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER supplier_merge_no_replace BEFORE INSERT ON supplier_merge
WHEN EXISTS (SELECT 1 FROM supplier_merge WHERE seq IS NEW.seq)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER supplier_merge_no_delete BEFORE DELETE ON supplier_merge
WHEN 1
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER supplier_merge_key_stays BEFORE UPDATE ON supplier_merge
WHEN NEW.seq IS NOT OLD.seq
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER supplier_merge_of_last_event BEFORE INSERT ON supplier_merge
WHEN NEW.seq IS NOT (SELECT max(seq) FROM event)
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
-- An audit is signed with every question answered, and reviewed with every critical one answered by the same person.
CREATE TRIGGER audit_signed_whole BEFORE INSERT ON audit_step
WHEN EXISTS (SELECT 1 FROM audit a JOIN audit_template t ON t.code = a.template AND t.version = a.version AND t.hash = a.hash
    WHERE a.id = NEW.audit AND EXISTS (SELECT 1 FROM json_each(CAST(t.body AS TEXT), '$.sections') s
        WHERE EXISTS (SELECT 1 FROM json_each(s.value, '$.questions') q
            WHERE (NEW.step = 'signed' AND NOT EXISTS (SELECT 1 FROM audit_answer x WHERE x.audit = NEW.audit AND x.place = 'first'
                    AND x.question = json_extract(q.value, '$.code')))
                OR (NEW.step = 'reviewed' AND json_extract(q.value, '$.critical') IS 1 AND NOT EXISTS (SELECT 1 FROM audit_answer x
                    WHERE x.audit = NEW.audit AND x.place = 'second' AND x.person = NEW.person
                        AND x.question = json_extract(q.value, '$.code'))))))
BEGIN SELECT RAISE(ABORT, 'rule:audit-incomplete'); END
