-- SPDX-License-Identifier: Apache-2.0
-- Sixth schema, every way of goods after a rejection, PostgreSQL: statements end with a line that holds only two dashes and a semicolon.
-- What was registered and nobody began to inspect can still be called off: it lifts no budget of concessions.
DROP TRIGGER concession_approved_within_budget ON concession_answer
--;
CREATE OR REPLACE FUNCTION qc_concession_approved_within_budget() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.answer = 'approved' AND EXISTS (SELECT 1 FROM batch b JOIN supplier_kin n ON n.supplier = b.supplier JOIN concession_budget g ON g.seq = (SELECT max(seq) FROM concession_budget WHERE supplier = n.kin) WHERE b.id = NEW.batch AND 10000 * (NEW.quantity + (SELECT coalesce(sum(a.quantity), 0) FROM concession_answer a JOIN batch o ON o.id = a.batch WHERE o.supplier IN (SELECT kin FROM supplier_kin WHERE supplier = b.supplier) AND a.answer = 'approved' AND to_char(to_timestamp(a.at / 1000000 + 0) AT TIME ZONE 'UTC', 'YYYY-MM-DD') >= to_char((to_timestamp((SELECT at FROM line WHERE seq = NEW.seq) / 1000000 + 86400) AT TIME ZONE 'UTC') - make_interval(months => g.months::int), 'YYYY-MM-DD'))) > g.per_10000 * (SELECT coalesce(sum(o.quantity), 0) FROM batch o WHERE o.supplier IN (SELECT kin FROM supplier_kin WHERE supplier = b.supplier) AND o.state <> 'cancelled' AND (o.state <> 'registered' OR o.round_no > 0) AND NOT EXISTS (SELECT 1 FROM batch_part t WHERE t.batch = o.id) AND to_char(to_timestamp(o.registered_at / 1000000 + 0) AT TIME ZONE 'UTC', 'YYYY-MM-DD') >= to_char((to_timestamp((SELECT at FROM line WHERE seq = NEW.seq) / 1000000 + -86400) AT TIME ZONE 'UTC') - make_interval(months => g.months::int), 'YYYY-MM-DD'))) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER concession_approved_within_budget BEFORE INSERT ON concession_answer
FOR EACH ROW EXECUTE FUNCTION qc_concession_approved_within_budget('concession-budget')
--;
-- What is to be reworked may go back or to scrap instead, as long as nobody put the rework down.
CREATE OR REPLACE FUNCTION qc_disposition_fit() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.kind NOT IN ('rework', 'repair') AND NOT EXISTS (SELECT 1 FROM batch b WHERE b.id IS NOT DISTINCT FROM NEW.batch AND NEW.round IS NOT DISTINCT FROM CASE b.state WHEN 'registered' THEN NULL ELSE b.round END AND (b.rework_ordered IS NOT DISTINCT FROM 0 OR NEW.kind IN ('return', 'scrap'))
    AND (b.shipped IS NOT DISTINCT FROM 0 OR NEW.kind IN ('return', 'scrap'))
    AND (b.state IN ('rejected', 'disagreed', 'withdrawn') OR (b.state IS NOT DISTINCT FROM 'released_under_concession' AND b.shipped IS NOT DISTINCT FROM b.released) OR (b.held IS NOT DISTINCT FROM 1 AND (b.state IN ('first_check', 'awaiting_second', 'second_check', 'accepted') OR (b.state IS NOT DISTINCT FROM 'registered' AND NEW.kind IN ('return', 'scrap')))) OR (b.state IS NOT DISTINCT FROM 'registered' AND b.rework_ordered = 1 AND NEW.kind IN ('return', 'scrap')))) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
