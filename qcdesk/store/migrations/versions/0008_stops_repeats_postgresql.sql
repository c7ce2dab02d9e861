-- SPDX-License-Identifier: Apache-2.0
-- Eighth schema, what stops goods, and how it is told, PostgreSQL: statements end with a line that holds only two dashes and a semicolon.
-- A report from outside that names no batch stops goods too: its stop names no lot, and the report in its stead.
ALTER TABLE release_stop ALTER COLUMN lot DROP NOT NULL
--;
CREATE FUNCTION qc_release_stop_names_lot_or_report() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF (NEW.lot IS NULL) <> EXISTS (SELECT 1 FROM action_said d WHERE d.seq = NEW.seq AND (d.body::json ->> 'report') IS NOT NULL) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER release_stop_names_lot_or_report BEFORE INSERT ON release_stop
FOR EACH ROW EXECUTE FUNCTION qc_release_stop_names_lot_or_report('unverified')
--;
