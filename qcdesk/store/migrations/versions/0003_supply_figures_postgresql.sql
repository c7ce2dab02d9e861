-- SPDX-License-Identifier: Apache-2.0
-- Third schema, figures added up in the transaction that changes them, PostgreSQL: statements end with a line that holds only two dashes and a semicolon.
-- What each lot and each reported defect counts, and the totals of it: kept in the transaction of the event that changes them.
-- Supplier: its id, empty for own goods, '*' all; product: its code, '*' all; code: of a defect, empty for all other figures.
DROP TABLE defect_total
--;
CREATE TABLE figure_part (
    source TEXT NOT NULL,
    supplier TEXT NOT NULL,
    product TEXT NOT NULL,
    month TEXT NOT NULL,
    name TEXT NOT NULL,
    code TEXT NOT NULL,
    amount BIGINT NOT NULL,
    PRIMARY KEY (source, name, code, month, product, supplier)
)
--;
CREATE INDEX figure_part_behind ON figure_part (supplier, name, code, month, source)
--;
CREATE TABLE figure (
    supplier TEXT NOT NULL,
    product TEXT NOT NULL,
    month TEXT NOT NULL,
    name TEXT NOT NULL,
    code TEXT NOT NULL,
    amount BIGINT NOT NULL,
    PRIMARY KEY (supplier, product, name, month, code)
)
--;
CREATE INDEX figure_spent ON figure (amount) WHERE amount = 0
--;
CREATE OR REPLACE FUNCTION qc_kept() RETURNS SETOF text LANGUAGE sql STABLE
SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT relname::text FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
        AND (relname LIKE 'sealed\_%' OR relname IN ('search_text', 'figure', 'figure_part'))
$$
--;
-- What some sources count now (without sources: all there is, anew), and the totals with it, in one call.
CREATE FUNCTION qc_count(sources jsonb, parts jsonb) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    those text[] := ARRAY(SELECT jsonb_array_elements_text(sources));
    turn integer;
BEGIN
    PERFORM pg_advisory_xact_lock(7165321);
    IF sources IS NULL THEN
        DELETE FROM public.figure;
        DELETE FROM public.figure_part;
    END IF;
    FOREACH turn IN ARRAY ARRAY[-1, 1] LOOP
        IF turn = 1 THEN
            DELETE FROM public.figure_part WHERE source = ANY (those);
            INSERT INTO public.figure_part (source, supplier, product, month, name, code, amount)
            SELECT p ->> 0, p ->> 1, p ->> 2, p ->> 3, p ->> 4, p ->> 5, (p ->> 6)::bigint FROM jsonb_array_elements(parts) p;
            those := ARRAY(SELECT DISTINCT p ->> 0 FROM jsonb_array_elements(parts) p);
        END IF;
        INSERT INTO public.figure (supplier, product, month, name, code, amount)
        SELECT l.supplier, l.product, f.month, f.name, f.code, turn * sum(f.amount) FROM public.figure_part f
        CROSS JOIN LATERAL (VALUES (f.supplier, f.product), (f.supplier, '*'), ('*', '*')) l (supplier, product)
        WHERE f.source = ANY (those) GROUP BY l.supplier, l.product, f.month, f.name, f.code
        ON CONFLICT (supplier, product, name, month, code) DO UPDATE SET amount = figure.amount + excluded.amount;
    END LOOP;
    DELETE FROM public.figure WHERE amount = 0;
END $$
--;
CREATE TRIGGER figure_part_no_truncate BEFORE TRUNCATE ON figure_part
FOR EACH STATEMENT EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER figure_no_truncate BEFORE TRUNCATE ON figure
FOR EACH STATEMENT EXECUTE FUNCTION qc_refuse('append-only')
--;
