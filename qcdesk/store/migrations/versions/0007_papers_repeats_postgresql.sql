-- SPDX-License-Identifier: Apache-2.0
-- Seventh schema, what follows when a defect comes back, PostgreSQL: statements end with a line that holds only two dashes and a semicolon.
-- While the action of a defect that came again is open, every round of that supply is tightened by which switching tightens no class.
CREATE FUNCTION qc_round_tightened_by_repeat() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF (NEW.opened::json #>> '{plan,severity}') IS DISTINCT FROM 'tightened'
        AND EXISTS (SELECT 1 FROM batch b JOIN product p ON p.id = b.product JOIN supplier_kin n ON n.supplier = b.supplier
            JOIN release_stop s ON s.supplier = n.kin AND s.product = p.code JOIN action_said d ON d.seq = s.seq
            WHERE b.id = NEW.batch
                AND ((d.body::json ->> 'tightens') = 'rounds' OR ((d.body::json ->> 'tightens') = 'class'
                    AND (NEW.opened::json #> '{procedure,content,switching}') IS NULL))
                AND (SELECT a.kind FROM action_said a WHERE a.action = s.action AND a.kind IN ('closed', 'reopened')
                    ORDER BY a.seq DESC LIMIT 1) = 'reopened') THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER round_tightened_by_repeat BEFORE INSERT ON round
FOR EACH ROW EXECUTE FUNCTION qc_round_tightened_by_repeat('state')
--;
