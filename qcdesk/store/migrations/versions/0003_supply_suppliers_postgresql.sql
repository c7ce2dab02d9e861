-- SPDX-License-Identifier: Apache-2.0
-- Third schema, suppliers, PostgreSQL: statements end with a line that holds only two dashes and a semicolon.
-- Contacts, numbers, products and certificates, as the record spells them; empty where it has none.
ALTER TABLE supplier ADD COLUMN more TEXT NOT NULL DEFAULT ''
--;
-- How a supplier stands: its last row counts, and one without any is approved.
CREATE TABLE supplier_status (
    seq BIGINT NOT NULL PRIMARY KEY REFERENCES event (seq),
    supplier TEXT NOT NULL REFERENCES supplier (id),
    status TEXT NOT NULL,
    reason TEXT NOT NULL,
    at BIGINT NOT NULL,
    person TEXT NOT NULL,
    other TEXT NOT NULL,
    CHECK (status IN ('approved', 'conditional', 'blocked')),
    CHECK (person <> other)
)
--;
CREATE INDEX supplier_status_of ON supplier_status (supplier, seq)
--;
CREATE FUNCTION qc_supplier_status_by_its_event() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM line WHERE seq IS NOT DISTINCT FROM NEW.seq AND person IS NOT DISTINCT FROM NEW.person AND type = 'supplier.status') THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER supplier_status_by_its_event BEFORE INSERT ON supplier_status
FOR EACH ROW EXECUTE FUNCTION qc_supplier_status_by_its_event('unverified')
--;
-- Stopping takes one person with a role; whoever is named beside has signed beside.
CREATE FUNCTION qc_supplier_status_by_workers() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM act_worker WHERE seq = NEW.seq AND person = NEW.person)
        OR (NEW.other <> '' AND NOT EXISTS (SELECT 1 FROM act_worker WHERE seq = NEW.seq AND person = NEW.other)) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER supplier_status_by_workers BEFORE INSERT ON supplier_status
FOR EACH ROW EXECUTE FUNCTION qc_supplier_status_by_workers('role')
--;
-- Letting more through takes two releasers.
CREATE FUNCTION qc_supplier_status_by_two() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF (SELECT count(DISTINCT person) FROM standing_role WHERE role = 'releaser' AND person IN (NEW.person, NEW.other)) < 2
        AND strpos('approved conditional blocked', NEW.status) < strpos('approved conditional blocked', coalesce(
            (SELECT t.status FROM supplier_status t WHERE t.supplier = NEW.supplier ORDER BY t.seq DESC LIMIT 1), 'approved')) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER supplier_status_by_two BEFORE INSERT ON supplier_status
FOR EACH ROW EXECUTE FUNCTION qc_supplier_status_by_two('two-needed')
--;
-- Nothing of a blocked supplier is released, under a concession neither.
CREATE FUNCTION qc_batch_supplier_not_blocked() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.state IN ('released', 'released_under_concession') AND OLD.state IS DISTINCT FROM NEW.state
        AND (SELECT t.status FROM supplier_status t WHERE t.supplier = NEW.supplier ORDER BY t.seq DESC LIMIT 1) = 'blocked' THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER batch_supplier_not_blocked BEFORE UPDATE ON batch
FOR EACH ROW EXECUTE FUNCTION qc_batch_supplier_not_blocked('supplier-blocked')
--;
CREATE TRIGGER supplier_status_no_truncate BEFORE TRUNCATE ON supplier_status
FOR EACH STATEMENT EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER supplier_status_no_delete BEFORE DELETE ON supplier_status
FOR EACH ROW EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER supplier_status_no_update BEFORE UPDATE ON supplier_status
FOR EACH ROW EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER supplier_status_of_last_event BEFORE INSERT ON supplier_status
FOR EACH ROW EXECUTE FUNCTION qc_of_last_event('unverified')
