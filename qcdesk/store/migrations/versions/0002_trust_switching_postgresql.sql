-- SPDX-License-Identifier: Apache-2.0
-- Second schema, switching, PostgreSQL: statements end with a line that holds only two dashes and a semicolon.
-- Where each class of a supplier (empty: own goods), product and procedure stands: the last row of it counts.
CREATE TABLE severity (
    seq BIGINT NOT NULL REFERENCES event (seq),
    defect_class TEXT NOT NULL,
    supplier TEXT NOT NULL,
    product TEXT NOT NULL,
    procedure TEXT NOT NULL,
    severity TEXT NOT NULL,
    changed BIGINT NOT NULL,
    state TEXT NOT NULL,
    batch TEXT REFERENCES batch (id),
    person TEXT NOT NULL,
    other TEXT NOT NULL,
    PRIMARY KEY (seq, defect_class),
    CHECK (severity IN ('normal', 'tightened', 'reduced', 'discontinued')),
    CHECK (defect_class IN ('critical', 'major', 'minor')),
    CHECK (changed IN (0, 1)),
    CHECK (person <> other)
)
--;
CREATE INDEX severity_of_supply ON severity (supplier, product, procedure, defect_class, seq)
--;
CREATE INDEX severity_of_product ON severity (product, seq)
--;
CREATE INDEX severity_of_batch ON severity (batch)
--;
CREATE FUNCTION qc_severity_by_its_event() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.seq IS DISTINCT FROM (SELECT max(seq) FROM line) OR NOT EXISTS (SELECT 1 FROM line WHERE seq IS NOT DISTINCT FROM NEW.seq
        AND person IS NOT DISTINCT FROM NEW.person AND batch IS NOT DISTINCT FROM NEW.batch
        AND type IN ('round.compared', 'round.decided', 'round.rejected_after_all', 'severity.set')) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER severity_by_its_event BEFORE INSERT ON severity
FOR EACH ROW EXECUTE FUNCTION qc_severity_by_its_event('unverified')
--;
-- A batch counts once: what is resubmitted, or inspected again, says nothing more of its supplier.
CREATE FUNCTION qc_severity_once_of_batch() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM severity WHERE batch = NEW.batch AND defect_class = NEW.defect_class) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER severity_once_of_batch BEFORE INSERT ON severity
FOR EACH ROW EXECUTE FUNCTION qc_severity_once_of_batch('state')
--;
-- Only people let inspection begin again where it was discontinued, and then it is tightened; nothing but normal becomes reduced.
CREATE FUNCTION qc_severity_moves() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM (SELECT coalesce((SELECT s.severity FROM severity s WHERE s.supplier = NEW.supplier AND s.product = NEW.product
            AND s.procedure = NEW.procedure AND s.defect_class = NEW.defect_class ORDER BY s.seq DESC LIMIT 1), 'normal') AS was) AS one
        WHERE was = NEW.severity OR (was = 'normal' AND NEW.severity IN ('tightened', 'reduced'))
            OR (was = 'tightened' AND NEW.severity = 'normal') OR (was = 'reduced' AND NEW.severity = 'normal')
            OR (was = 'tightened' AND NEW.severity = 'discontinued' AND NEW.batch IS NOT NULL)
            OR (NEW.severity = 'tightened' AND NEW.batch IS NULL)) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER severity_moves BEFORE INSERT ON severity
FOR EACH ROW EXECUTE FUNCTION qc_severity_moves('state')
--;
-- What no lot brings, two planners sign; back from reduced inspection takes one.
CREATE FUNCTION qc_severity_by_two() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.batch IS NULL AND NOT EXISTS (SELECT 1 FROM line_signer WHERE seq = NEW.seq AND person = NEW.other AND person <> NEW.person)
        AND NOT (NEW.severity = 'normal' AND (SELECT s.severity FROM severity s WHERE s.supplier = NEW.supplier AND s.product = NEW.product
            AND s.procedure = NEW.procedure AND s.defect_class = NEW.defect_class ORDER BY s.seq DESC LIMIT 1) IS NOT DISTINCT FROM 'reduced') THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER severity_by_two BEFORE INSERT ON severity
FOR EACH ROW EXECUTE FUNCTION qc_severity_by_two('two-needed')
--;
CREATE FUNCTION qc_severity_by_planners() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.batch IS NULL AND (NOT EXISTS (SELECT 1 FROM planner WHERE person = NEW.person AND product = NEW.product)
        OR (NEW.other <> '' AND NOT EXISTS (SELECT 1 FROM planner WHERE person = NEW.other AND product = NEW.product))) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER severity_by_planners BEFORE INSERT ON severity
FOR EACH ROW EXECUTE FUNCTION qc_severity_by_planners('role')
--;
-- No round opens where inspection is discontinued.
CREATE FUNCTION qc_round_not_discontinued() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF (NEW.opened::json #> '{procedure,content,switching}') IS NOT NULL
        AND EXISTS (SELECT 1 FROM json_array_elements(NEW.opened::json #> '{procedure,content,rules}') AS r(value) JOIN batch b ON b.id = NEW.batch JOIN product p ON p.id = b.product
            WHERE r.value ->> 'kind' = 'aql' AND (SELECT s.severity FROM severity s WHERE s.supplier = coalesce(b.supplier, '') AND s.product = p.code
                AND s.procedure = (NEW.opened::json #>> '{procedure,code}') AND s.defect_class = (r.value ->> 'defect_class')
                ORDER BY s.seq DESC LIMIT 1) = 'discontinued') THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER round_not_discontinued BEFORE INSERT ON round
FOR EACH ROW EXECUTE FUNCTION qc_round_not_discontinued('discontinued')
