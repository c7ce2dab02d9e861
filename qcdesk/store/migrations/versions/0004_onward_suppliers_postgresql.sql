-- SPDX-License-Identifier: Apache-2.0
-- Fourth schema, suppliers that are one, and their papers, PostgreSQL: statements end with a line that holds only two dashes and a semicolon.
-- A supplier that is the same as another one, its root: decided with a reason, and undone as well; nothing of either is written anew.
CREATE TABLE supplier_merge (
    seq BIGINT NOT NULL PRIMARY KEY REFERENCES event (seq),
    supplier TEXT NOT NULL REFERENCES supplier (id),
    root TEXT NOT NULL REFERENCES supplier (id),
    reason TEXT NOT NULL,
    at BIGINT NOT NULL,
    person TEXT NOT NULL,
    other TEXT NOT NULL,
    undone BIGINT REFERENCES event (seq),
    CHECK (supplier <> root),
    CHECK (person <> other)
)
--;
CREATE INDEX supplier_merge_of ON supplier_merge (supplier)
--;
CREATE INDEX supplier_merge_into ON supplier_merge (root)
--;
-- Who is the same as whom: each supplier itself, then whoever it is held to be, from which event on.
CREATE VIEW supplier_kin AS
SELECT id AS supplier, id AS kin, CAST(0 AS BIGINT) AS since FROM supplier
UNION ALL SELECT supplier, root, seq FROM supplier_merge WHERE undone IS NULL
UNION ALL SELECT root, supplier, seq FROM supplier_merge WHERE undone IS NULL
UNION ALL SELECT a.supplier, b.supplier, CASE WHEN a.seq > b.seq THEN a.seq ELSE b.seq END FROM supplier_merge a
    JOIN supplier_merge b ON b.root = a.root AND b.supplier <> a.supplier WHERE a.undone IS NULL AND b.undone IS NULL
--;
CREATE FUNCTION qc_supplier_merge_by_its_event() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.undone IS NOT NULL OR NOT EXISTS (SELECT 1 FROM line WHERE seq IS NOT DISTINCT FROM NEW.seq AND person IS NOT DISTINCT FROM NEW.person AND type = 'supplier.merged') THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER supplier_merge_by_its_event BEFORE INSERT ON supplier_merge
FOR EACH ROW EXECUTE FUNCTION qc_supplier_merge_by_its_event('unverified')
--;
-- Which supplier is the same as which decides what is released, and how strictly lots are inspected: two planners say so, and two undo it.
CREATE FUNCTION qc_supplier_merge_by_two() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF (SELECT count(DISTINCT s.person) FROM act_signer s JOIN standing_role h ON h.person = s.person WHERE s.seq = NEW.seq AND h.role = 'planner') < 2
        OR NOT EXISTS (SELECT 1 FROM act_signer WHERE seq = NEW.seq AND person = NEW.other) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER supplier_merge_by_two BEFORE INSERT ON supplier_merge
FOR EACH ROW EXECUTE FUNCTION qc_supplier_merge_by_two('two-needed')
--;
-- One is the same as one: no chains, no circles.
CREATE FUNCTION qc_supplier_merge_no_chain() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM supplier_merge WHERE undone IS NULL AND (supplier IN (NEW.supplier, NEW.root) OR root = NEW.supplier)) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER supplier_merge_no_chain BEFORE INSERT ON supplier_merge
FOR EACH ROW EXECUTE FUNCTION qc_supplier_merge_no_chain('supplier-merged')
--;
CREATE FUNCTION qc_supplier_merge_stays() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.supplier IS DISTINCT FROM OLD.supplier OR NEW.root IS DISTINCT FROM OLD.root OR NEW.reason IS DISTINCT FROM OLD.reason OR NEW.at IS DISTINCT FROM OLD.at
        OR NEW.person IS DISTINCT FROM OLD.person OR NEW.other IS DISTINCT FROM OLD.other OR OLD.undone IS NOT NULL THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER supplier_merge_stays BEFORE UPDATE ON supplier_merge
FOR EACH ROW EXECUTE FUNCTION qc_supplier_merge_stays('append-only')
--;
CREATE FUNCTION qc_supplier_merge_undone_by_two() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.undone IS DISTINCT FROM OLD.undone AND NOT EXISTS (SELECT 1 FROM line WHERE seq = NEW.undone AND seq = (SELECT max(seq) FROM line) AND type = 'supplier.unmerged'
        AND (SELECT count(DISTINCT s.person) FROM act_signer s JOIN standing_role h ON h.person = s.person WHERE s.seq = NEW.undone AND h.role = 'planner') >= 2) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER supplier_merge_undone_by_two BEFORE UPDATE ON supplier_merge
FOR EACH ROW EXECUTE FUNCTION qc_supplier_merge_undone_by_two('two-needed')
--;
-- New batches come from the one that a supplier is the same as; parts of what is there stay whose they are.
CREATE FUNCTION qc_batch_of_merged() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM supplier_merge WHERE supplier = NEW.supplier AND undone IS NULL)
    AND NOT EXISTS (SELECT 1 FROM batch_part WHERE batch = NEW.id) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER batch_of_merged BEFORE INSERT ON batch
FOR EACH ROW EXECUTE FUNCTION qc_batch_of_merged('supplier-merged')
--;
CREATE FUNCTION qc_batch_to_merged() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.supplier IS DISTINCT FROM OLD.supplier AND EXISTS (SELECT 1 FROM supplier_merge WHERE supplier = NEW.supplier AND undone IS NULL) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER batch_to_merged BEFORE UPDATE ON batch
FOR EACH ROW EXECUTE FUNCTION qc_batch_to_merged('supplier-merged')
--;
-- What keeps goods of one supplier from being released keeps those of whoever is the same: a block, a stop of what came again,
-- the budget of concessions, inspection that was discontinued.
DROP TRIGGER batch_supplier_not_blocked ON batch
--;
CREATE OR REPLACE FUNCTION qc_batch_supplier_not_blocked() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.state IN ('released', 'released_under_concession') AND OLD.state IS DISTINCT FROM NEW.state
        AND EXISTS (SELECT 1 FROM supplier_kin n WHERE n.supplier = NEW.supplier
            AND (SELECT t.status FROM supplier_status t WHERE t.supplier = n.kin ORDER BY t.seq DESC LIMIT 1) = 'blocked') THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER batch_supplier_not_blocked BEFORE UPDATE ON batch
FOR EACH ROW EXECUTE FUNCTION qc_batch_supplier_not_blocked('supplier-blocked')
--;
DROP TRIGGER batch_release_stopped ON batch
--;
CREATE OR REPLACE FUNCTION qc_batch_release_stopped() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.state IN ('released', 'released_under_concession') AND OLD.state IS DISTINCT FROM NEW.state
        AND EXISTS (SELECT 1 FROM supplier_kin n JOIN release_stop s ON s.supplier = n.kin JOIN product p ON p.code = s.product
            WHERE n.supplier = NEW.supplier AND s.decided IS NULL AND p.id = NEW.product) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER batch_release_stopped BEFORE UPDATE ON batch
FOR EACH ROW EXECUTE FUNCTION qc_batch_release_stopped('release-stopped')
--;
DROP TRIGGER concession_approved_within_budget ON concession_answer
--;
CREATE OR REPLACE FUNCTION qc_concession_approved_within_budget() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.answer = 'approved' AND EXISTS (SELECT 1 FROM batch b JOIN supplier_kin n ON n.supplier = b.supplier JOIN concession_budget g ON g.seq = (SELECT max(seq) FROM concession_budget WHERE supplier = n.kin) WHERE b.id = NEW.batch AND 10000 * (NEW.quantity + (SELECT coalesce(sum(a.quantity), 0) FROM concession_answer a JOIN batch o ON o.id = a.batch WHERE o.supplier IN (SELECT kin FROM supplier_kin WHERE supplier = b.supplier) AND a.answer = 'approved' AND to_char(to_timestamp(a.at / 1000000 + 0) AT TIME ZONE 'UTC', 'YYYY-MM-DD') >= to_char((to_timestamp((SELECT at FROM line WHERE seq = NEW.seq) / 1000000 + 86400) AT TIME ZONE 'UTC') - make_interval(months => g.months::int), 'YYYY-MM-DD'))) > g.per_10000 * (SELECT coalesce(sum(o.quantity), 0) FROM batch o WHERE o.supplier IN (SELECT kin FROM supplier_kin WHERE supplier = b.supplier) AND o.state <> 'cancelled' AND NOT EXISTS (SELECT 1 FROM batch_part t WHERE t.batch = o.id) AND to_char(to_timestamp(o.registered_at / 1000000 + 0) AT TIME ZONE 'UTC', 'YYYY-MM-DD') >= to_char((to_timestamp((SELECT at FROM line WHERE seq = NEW.seq) / 1000000 + -86400) AT TIME ZONE 'UTC') - make_interval(months => g.months::int), 'YYYY-MM-DD'))) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER concession_approved_within_budget BEFORE INSERT ON concession_answer
FOR EACH ROW EXECUTE FUNCTION qc_concession_approved_within_budget('concession-budget')
--;
DROP TRIGGER round_not_discontinued ON round
--;
CREATE OR REPLACE FUNCTION qc_round_not_discontinued() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF (NEW.opened::json #> '{procedure,content,switching}') IS NOT NULL
        AND EXISTS (SELECT 1 FROM json_array_elements(NEW.opened::json #> '{procedure,content,rules}') AS r(value) JOIN batch b ON b.id = NEW.batch JOIN product p ON p.id = b.product JOIN severity s ON s.product = p.code
            WHERE r.value ->> 'kind' = 'aql' AND s.supplier IN (SELECT coalesce(b.supplier, '') UNION ALL SELECT kin FROM supplier_kin WHERE supplier = b.supplier)
                AND s.procedure = (NEW.opened::json #>> '{procedure,code}') AND s.defect_class = (r.value ->> 'defect_class') AND s.severity = 'discontinued'
                AND NOT EXISTS (SELECT 1 FROM severity t WHERE t.supplier = s.supplier AND t.product = s.product AND t.procedure = s.procedure
                    AND t.defect_class = s.defect_class AND t.seq > s.seq)) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER round_not_discontinued BEFORE INSERT ON round
FOR EACH ROW EXECUTE FUNCTION qc_round_not_discontinued('discontinued')
--;
CREATE TRIGGER supplier_merge_no_truncate BEFORE TRUNCATE ON supplier_merge
FOR EACH STATEMENT EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER supplier_merge_no_delete BEFORE DELETE ON supplier_merge
FOR EACH ROW EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER supplier_merge_key_stays BEFORE UPDATE ON supplier_merge
FOR EACH ROW WHEN (NEW.seq IS DISTINCT FROM OLD.seq)
EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER supplier_merge_of_last_event BEFORE INSERT ON supplier_merge
FOR EACH ROW EXECUTE FUNCTION qc_of_last_event('unverified')
--;
-- An audit is signed with every question answered, and reviewed with every critical one answered by the same person.
CREATE FUNCTION qc_audit_signed_whole() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM audit a JOIN audit_template t ON t.code = a.template AND t.version = a.version AND t.hash = a.hash,
            json_array_elements(t.body::json -> 'sections') AS s(value), json_array_elements(s.value -> 'questions') AS q(value)
        WHERE a.id = NEW.audit
            AND ((NEW.step = 'signed' AND NOT EXISTS (SELECT 1 FROM audit_answer x WHERE x.audit = NEW.audit AND x.place = 'first'
                    AND x.question = q.value ->> 'code'))
                OR (NEW.step = 'reviewed' AND (q.value ->> 'critical') = 'true' AND NOT EXISTS (SELECT 1 FROM audit_answer x
                    WHERE x.audit = NEW.audit AND x.place = 'second' AND x.person = NEW.person
                        AND x.question = q.value ->> 'code')))) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER audit_signed_whole BEFORE INSERT ON audit_step
FOR EACH ROW EXECUTE FUNCTION qc_audit_signed_whole('audit-incomplete')
