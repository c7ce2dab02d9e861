-- SPDX-License-Identifier: Apache-2.0
-- Second schema, switching, SQLite: statements end with a line that holds only two dashes and a semicolon.
-- Where each class of a supplier (empty: own goods), product and procedure stands: the last row of it counts.
CREATE TABLE severity (
    seq INTEGER NOT NULL REFERENCES event (seq),
    defect_class TEXT NOT NULL,
    supplier TEXT NOT NULL,
    product TEXT NOT NULL,
    procedure TEXT NOT NULL,
    severity TEXT NOT NULL,
    changed INTEGER NOT NULL,
    state TEXT NOT NULL,
    batch TEXT REFERENCES batch (id),
    person TEXT NOT NULL,
    other TEXT NOT NULL,
    PRIMARY KEY (seq, defect_class),
    CHECK (severity IN ('normal', 'tightened', 'reduced', 'discontinued')),
    CHECK (defect_class IN ('critical', 'major', 'minor')),
    CHECK (changed IN (0, 1)),
    CHECK (person <> other)
) STRICT
--;
CREATE INDEX severity_of_supply ON severity (supplier, product, procedure, defect_class, seq)
--;
CREATE INDEX severity_of_product ON severity (product, seq)
--;
CREATE INDEX severity_of_batch ON severity (batch)
--;
CREATE TRIGGER severity_by_its_event BEFORE INSERT ON severity
WHEN NEW.seq IS NOT (SELECT max(seq) FROM line) OR NOT EXISTS (SELECT 1 FROM line WHERE seq IS NEW.seq AND person IS NEW.person AND batch IS NEW.batch
    AND type IN ('round.compared', 'round.decided', 'round.rejected_after_all', 'severity.set'))
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
-- A batch counts once: what is resubmitted, or inspected again, says nothing more of its supplier.
CREATE TRIGGER severity_once_of_batch BEFORE INSERT ON severity
WHEN EXISTS (SELECT 1 FROM severity WHERE batch = NEW.batch AND defect_class = NEW.defect_class)
BEGIN SELECT RAISE(ABORT, 'rule:state'); END
--;
-- Only people let inspection begin again where it was discontinued, and then it is tightened; nothing but normal becomes reduced.
CREATE TRIGGER severity_moves BEFORE INSERT ON severity
WHEN NOT EXISTS (SELECT 1 FROM (SELECT coalesce((SELECT s.severity FROM severity s WHERE s.supplier = NEW.supplier AND s.product = NEW.product
        AND s.procedure = NEW.procedure AND s.defect_class = NEW.defect_class ORDER BY s.seq DESC LIMIT 1), 'normal') AS was)
    WHERE was = NEW.severity OR (was = 'normal' AND NEW.severity IN ('tightened', 'reduced'))
        OR (was = 'tightened' AND NEW.severity = 'normal') OR (was = 'reduced' AND NEW.severity = 'normal')
        OR (was = 'tightened' AND NEW.severity = 'discontinued' AND NEW.batch IS NOT NULL)
        OR (NEW.severity = 'tightened' AND NEW.batch IS NULL))
BEGIN SELECT RAISE(ABORT, 'rule:state'); END
--;
-- What no lot brings, two planners sign; back from reduced inspection takes one.
CREATE TRIGGER severity_by_two BEFORE INSERT ON severity
WHEN NEW.batch IS NULL AND NOT EXISTS (SELECT 1 FROM line_signer WHERE seq = NEW.seq AND person = NEW.other AND person <> NEW.person)
    AND NOT (NEW.severity = 'normal' AND (SELECT s.severity FROM severity s WHERE s.supplier = NEW.supplier AND s.product = NEW.product
        AND s.procedure = NEW.procedure AND s.defect_class = NEW.defect_class ORDER BY s.seq DESC LIMIT 1) IS 'reduced')
BEGIN SELECT RAISE(ABORT, 'rule:two-needed'); END
--;
CREATE TRIGGER severity_by_planners BEFORE INSERT ON severity
WHEN NEW.batch IS NULL AND (NOT EXISTS (SELECT 1 FROM planner WHERE person = NEW.person AND product = NEW.product)
    OR (NEW.other <> '' AND NOT EXISTS (SELECT 1 FROM planner WHERE person = NEW.other AND product = NEW.product)))
BEGIN SELECT RAISE(ABORT, 'rule:role'); END
--;
-- No round opens where inspection is discontinued.
CREATE TRIGGER round_not_discontinued BEFORE INSERT ON round
WHEN json_extract(NEW.opened, '$.procedure.content.switching') IS NOT NULL
    AND EXISTS (SELECT 1 FROM json_each(NEW.opened, '$.procedure.content.rules') r JOIN batch b ON b.id = NEW.batch JOIN product p ON p.id = b.product
        WHERE json_extract(r.value, '$.kind') = 'aql' AND (SELECT s.severity FROM severity s WHERE s.supplier = coalesce(b.supplier, '') AND s.product = p.code
            AND s.procedure = json_extract(NEW.opened, '$.procedure.code') AND s.defect_class = json_extract(r.value, '$.defect_class')
            ORDER BY s.seq DESC LIMIT 1) = 'discontinued')
BEGIN SELECT RAISE(ABORT, 'rule:discontinued'); END
