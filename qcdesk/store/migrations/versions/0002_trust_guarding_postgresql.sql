-- SPDX-License-Identifier: Apache-2.0
-- What is written only by the program, who owns the tables, and what is kept from everybody; runs after all other parts.
--
-- Two roles that nobody logs in as. qcdesk_owner owns tables and functions. qcdesk_program looks at everything and
-- writes through three functions; whoever shall use the program is made its member:
--     GRANT qcdesk_program TO somebody;
-- Roles belong to the whole server: several workspaces on one server share them, each in its own database.
CREATE FUNCTION qc_kept() RETURNS SETOF text LANGUAGE sql STABLE
SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT relname::text FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
        AND (relname LIKE 'sealed\_%' OR relname IN ('search_text', 'defect_total'))
$$
--;
CREATE FUNCTION qc_projected() RETURNS SETOF text LANGUAGE sql STABLE
SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT relname::text FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
        AND relname NOT IN ('event', 'record', 'kept_file', 'alembic_version')
        AND relname NOT IN (SELECT qc_kept())
$$
--;
-- One change of a row: [kind, table, where, values, values of a new row]. Names are quoted and values are literals of the column's own type,
-- so that no text becomes a statement. A rule that the change breaks refuses it as it refuses anybody.
CREATE FUNCTION qc_change(one jsonb) RETURNS void LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    kind text := one ->> 0;
    at_row text;
    sets text;
    names text;
    literals text;
    changed bigint;
BEGIN
    SELECT string_agg(CASE WHEN value IS NULL THEN format('%I IS NULL', key) ELSE format('%I = %L', key, value) END, ' AND ')
        INTO at_row FROM jsonb_each_text(one -> 2);
    IF kind IN ('set', 'over') THEN
        SELECT string_agg(format('%I = %L', key, value), ', ') INTO sets FROM jsonb_each_text(one -> 3);
        EXECUTE format('UPDATE public.%I SET %s WHERE %s', one ->> 1, sets, at_row);
        GET DIAGNOSTICS changed = ROW_COUNT;
    ELSIF kind = 'add' THEN
        SELECT string_agg(format('%I = %I + %L', key, key, value), ', ') INTO sets FROM jsonb_each_text(one -> 3);
        EXECUTE format('UPDATE public.%I SET %s WHERE %s', one ->> 1, sets, at_row);
    ELSIF kind = 'drop' THEN
        EXECUTE format('DELETE FROM public.%I WHERE %s', one ->> 1, at_row);
    END IF;
    IF kind = 'put' OR (kind = 'over' AND changed = 0) THEN
        SELECT string_agg(format('%I', key), ', '), string_agg(format('%L', value), ', ') INTO names, literals
        FROM jsonb_each_text(CASE kind WHEN 'over' THEN (one -> 2) || (one -> 3) || coalesce(one -> 4, '{}') ELSE one -> 3 END);
        EXECUTE format('INSERT INTO public.%I (%s) VALUES (%s)', one ->> 1, names, literals);
    END IF;
END $$
--;
-- An event and what it makes of the tables, in one statement. Whether the signature is good the server cannot tell:
-- every program that reads does, and the rules on the tables hold whatever is asked for here.
CREATE FUNCTION qc_append(at_seq bigint, with_body bytea, with_sig bytea, with_hash bytea, changes jsonb)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    one jsonb;
    known text[] := ARRAY(SELECT qc_projected());
BEGIN
    PERFORM pg_advisory_xact_lock(7165321);
    INSERT INTO public.event (seq, body, sig, hash) VALUES (at_seq, with_body, with_sig, with_hash);
    FOR one IN SELECT value FROM jsonb_array_elements(changes) LOOP
        IF (one ->> 1 = ANY (known)) IS NOT TRUE THEN
            RAISE EXCEPTION USING MESSAGE = 'rule:program-only', ERRCODE = 'integrity_constraint_violation';
        END IF;
        PERFORM public.qc_change(one);
    END LOOP;
    IF NOT EXISTS (SELECT 1 FROM public.line WHERE seq = at_seq) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:unverified', ERRCODE = 'integrity_constraint_violation';
    END IF;
END $$
--;
-- What is no projection: sealed keys and caches.
CREATE FUNCTION qc_keep(changes jsonb) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    one jsonb;
BEGIN
    PERFORM pg_advisory_xact_lock(7165321);
    FOR one IN SELECT value FROM jsonb_array_elements(changes) LOOP
        IF (one ->> 1 IN (SELECT qc_kept())) IS NOT TRUE THEN
            RAISE EXCEPTION USING MESSAGE = 'rule:program-only', ERRCODE = 'integrity_constraint_violation';
        END IF;
        PERFORM public.qc_change(one);
    END LOOP;
END $$
--;
CREATE FUNCTION qc_keep_record(with_sha256 text, with_document bytea) RETURNS void LANGUAGE sql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
    INSERT INTO public.record (sha256, document) SELECT with_sha256, with_document
    WHERE NOT EXISTS (SELECT 1 FROM public.record WHERE sha256 = with_sha256)
$$
--;
-- Photos and pictures, each under its hash, so that every workstation, backup and verification has them.
CREATE TABLE kept_file (
    sha256 TEXT NOT NULL PRIMARY KEY CHECK (length(sha256) = 64),
    content BYTEA NOT NULL CHECK (octet_length(content) BETWEEN 1 AND 50000000),
    CHECK (sha256 = encode(sha256(content), 'hex'))
)
--;
ALTER TABLE kept_file ALTER COLUMN content SET STORAGE EXTERNAL
--;
CREATE TRIGGER kept_file_no_delete BEFORE DELETE ON kept_file
FOR EACH ROW EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER kept_file_no_update BEFORE UPDATE ON kept_file
FOR EACH ROW EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER kept_file_no_truncate BEFORE TRUNCATE ON kept_file
FOR EACH STATEMENT EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE FUNCTION qc_keep_file(with_sha256 text, with_content bytea) RETURNS void LANGUAGE sql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
    INSERT INTO public.kept_file (sha256, content) VALUES (with_sha256, with_content) ON CONFLICT (sha256) DO NOTHING
$$
--;
-- No fork of the log: two who append at once, whatever they locked, want the same number, and it is taken once.
-- No second standing check, even if a rule above failed: one of a person and one of a place in a round.
CREATE UNIQUE INDEX checking_standing_place ON checking (round, place) WHERE state IN ('open', 'signed')
--;
CREATE UNIQUE INDEX checking_standing_person ON checking (round, person) WHERE state IN ('open', 'signed')
--;
CREATE UNIQUE INDEX sign_off_once_person ON sign_off (round, person) WHERE place IN ('first', 'second', 'third')
--;
-- An index is written at each signature: a batch's signatures are found by its rounds, a check's lines by its batch.
DROP INDEX sign_off_of_batch
--;
DROP INDEX line_of_check
--;
DROP INDEX line_of_batch
--;
CREATE INDEX line_of_batch ON line (batch, checking, seq) WHERE batch IS NOT NULL
--;
-- What people and the shop are called, found again without going through the whole log.
CREATE INDEX line_of_names ON line (seq) WHERE type IN ('workspace.opened', 'shop.changed', 'person.enrolled', 'person.listed', 'person.changed', 'person.renamed')
--;
-- What is of no batch: the house, among which the rules of one batch are replayed.
CREATE INDEX line_of_no_batch ON line (seq) WHERE batch IS NULL
--;
-- What the workstation's clock read at a line.
CREATE VIEW clock_of_line AS
    SELECT l.seq AS seq, l.at AS at, coalesce((convert_from(e.body, 'UTF8')::json ->> 'clock')::bigint, l.at) AS clock
    FROM line l JOIN event e ON e.seq = l.seq
--;
-- Goods leave between their release, or registration, and tomorrow; today is never too early, whatever the log's time.
CREATE FUNCTION qc_shipment_on_day() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.on_day < (SELECT to_char(to_timestamp(least(clock, (SELECT at FROM sign_off WHERE batch = NEW.batch AND place = 'release' ORDER BY seq DESC LIMIT 1)) / 1000000 - 86400) AT TIME ZONE 'UTC', 'YYYY-MM-DD') FROM clock_of_line WHERE seq = NEW.seq)
    OR NEW.on_day > (SELECT to_char(to_timestamp(greatest(clock, at) / 1000000 + 172800) AT TIME ZONE 'UTC', 'YYYY-MM-DD') FROM clock_of_line WHERE seq = NEW.seq) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER shipment_on_day BEFORE INSERT ON shipment
FOR EACH ROW EXECUTE FUNCTION qc_shipment_on_day('ship-day')
--;
CREATE FUNCTION qc_shipped_unreleased_on_day() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.on_day < (SELECT to_char(to_timestamp(least(clock, (SELECT registered_at FROM batch WHERE id = NEW.batch)) / 1000000 - 86400) AT TIME ZONE 'UTC', 'YYYY-MM-DD') FROM clock_of_line WHERE seq = NEW.seq)
    OR NEW.on_day > (SELECT to_char(to_timestamp(greatest(clock, at) / 1000000 + 172800) AT TIME ZONE 'UTC', 'YYYY-MM-DD') FROM clock_of_line WHERE seq = NEW.seq) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER shipped_unreleased_on_day BEFORE INSERT ON shipped_unreleased
FOR EACH ROW EXECUTE FUNCTION qc_shipped_unreleased_on_day('ship-day')
--;
CREATE FUNCTION qc_of_last_event() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.seq IS DISTINCT FROM (SELECT max(seq) FROM event) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE FUNCTION qc_round_of_batch() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM round WHERE id = NEW.round AND batch = NEW.batch) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
-- Whoever decides had no check in the round, not even one that was set aside or taken back.
CREATE OR REPLACE FUNCTION qc_checking_other_person() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM checking WHERE round = NEW.round AND person = NEW.person AND place <> NEW.place
        AND (state IN ('open', 'signed') OR NEW.place = 'third')) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
-- The line of an event says what the event says.
CREATE FUNCTION qc_line_by_its_event() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM (SELECT convert_from(body, 'UTF8')::json AS said FROM event WHERE seq = NEW.seq) AS e
        WHERE said ->> 'type' = NEW.type AND said ->> 'by' IS NOT DISTINCT FROM NEW.person
        AND said ->> 'session' IS NOT DISTINCT FROM NEW.session AND said ->> 'at' = NEW.at::text
        AND said ->> 'station' = NEW.station
        AND CASE json_typeof(said #> '{body,batch}') WHEN 'string' THEN said #>> '{body,batch}' END
            IS NOT DISTINCT FROM NEW.batch
        AND CASE json_typeof(said #> '{body,round}') WHEN 'string' THEN said #>> '{body,round}' END
            IS NOT DISTINCT FROM NEW.round
        AND CASE json_typeof(said #> '{body,check}') WHEN 'string' THEN said #>> '{body,check}' END
            IS NOT DISTINCT FROM NEW.checking) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER line_by_its_event BEFORE INSERT ON line
FOR EACH ROW EXECUTE FUNCTION qc_line_by_its_event('unverified')
--;
-- The id of a key is one person's, whether it is a person's own or a sitting's.
CREATE UNIQUE INDEX session_key ON session (key)
--;
CREATE FUNCTION qc_session_key_is_new() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM person_key WHERE key = NEW.key) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER session_key_is_new BEFORE INSERT ON session
FOR EACH ROW EXECUTE FUNCTION qc_session_key_is_new('append-only')
--;
CREATE FUNCTION qc_person_key_key_is_new() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM session WHERE key = NEW.key) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER person_key_key_is_new BEFORE INSERT ON person_key
FOR EACH ROW EXECUTE FUNCTION qc_person_key_key_is_new('append-only')
--;
-- What may be taken back later is not put in as taken back.
CREATE TRIGGER hold_begins_standing BEFORE INSERT ON hold
FOR EACH ROW WHEN (NEW.lifted IS NOT NULL)
EXECUTE FUNCTION qc_refuse('two-needed')
--;
CREATE TRIGGER finding_begins_standing BEFORE INSERT ON finding
FOR EACH ROW WHEN (NEW.withdrawn IS NOT NULL)
EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER reading_begins_standing BEFORE INSERT ON reading
FOR EACH ROW WHEN (NEW.replaced IS DISTINCT FROM 0)
EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE FUNCTION qc_shop_by_its_event() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.seq IS DISTINCT FROM (SELECT max(seq) FROM line)
        OR (SELECT type FROM line WHERE seq = NEW.seq) IS DISTINCT FROM 'shop.changed' THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER shop_by_its_event BEFORE UPDATE ON shop
FOR EACH ROW EXECUTE FUNCTION qc_shop_by_its_event('unverified')
--;
-- The shop's rules are an administrator's; that no third person need release any more takes a second.
CREATE FUNCTION qc_shop_by_administrator() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM people_act WHERE seq = NEW.seq AND administrators >= 1
    AND signers >= (CASE WHEN OLD.third_releases = 1 AND NEW.third_releases IS DISTINCT FROM 1 THEN 2 ELSE 1 END)) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER shop_by_administrator BEFORE UPDATE ON shop
FOR EACH ROW EXECUTE FUNCTION qc_shop_by_administrator('role')
--;
-- Who made units of a batch does not take that back alone: the entry would open the places of the independent.
CREATE FUNCTION qc_batch_maker_not_by_self() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF (SELECT person FROM line ORDER BY seq DESC LIMIT 1) IS NOT DISTINCT FROM OLD.person AND NOT EXISTS (
        SELECT 1 FROM json_array_elements((SELECT convert_from(body, 'UTF8')::json FROM event ORDER BY seq DESC LIMIT 1) #> '{body,makers}') m
        WHERE m ->> 'person' = OLD.person) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN OLD;
END $$
--;
CREATE TRIGGER batch_maker_not_by_self BEFORE DELETE ON batch_maker
FOR EACH ROW EXECUTE FUNCTION qc_batch_maker_not_by_self('maker-stays')
--;
-- Goods and a supplier that ever had a batch stay used, also when the batch is put right: the event that first said so.
ALTER TABLE product ADD COLUMN used BIGINT
--;
ALTER TABLE supplier ADD COLUMN used BIGINT
--;
ALTER TABLE instrument ADD COLUMN used BIGINT
--;
UPDATE product SET used = b.first FROM (
    SELECT convert_from(e.body, 'UTF8')::json #>> '{body,product}' AS id, min(e.seq) AS first
    FROM line l JOIN event e ON e.seq = l.seq WHERE l.type = 'batch.saved' GROUP BY 1) AS b WHERE b.id = product.id
--;
UPDATE supplier SET used = b.first FROM (
    SELECT convert_from(e.body, 'UTF8')::json #>> '{body,supplier}' AS id, min(e.seq) AS first
    FROM line l JOIN event e ON e.seq = l.seq WHERE l.type = 'batch.saved' GROUP BY 1) AS b WHERE b.id = supplier.id
--;
-- An instrument that ever had a calibration, or was blocked, is relied on.
UPDATE instrument SET used = s.first FROM (
    SELECT convert_from(e.body, 'UTF8')::json #>> '{body,instrument}' AS id, min(e.seq) AS first FROM line l JOIN event e ON e.seq = l.seq
    WHERE l.type = 'instrument.saved' AND (convert_from(e.body, 'UTF8')::json #>> '{body,calibrated_until}' IS NOT NULL OR convert_from(e.body, 'UTF8')::json #>> '{body,blocked}' = 'true')
    GROUP BY 1) AS s WHERE s.id = instrument.id
--;
CREATE TRIGGER instrument_used_stays BEFORE UPDATE ON instrument
FOR EACH ROW WHEN (OLD.used IS NOT NULL AND NEW.used IS DISTINCT FROM OLD.used)
EXECUTE FUNCTION qc_refuse('append-only')
--;
-- Whoever measures lets no instrument measure longer, again or as another alone: the day would be put back afterwards.
CREATE FUNCTION qc_instrument_loosened_by_two() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF OLD.used IS NOT NULL AND (NEW.number IS DISTINCT FROM OLD.number OR NEW.kind IS DISTINCT FROM OLD.kind
        OR NEW.blocked < OLD.blocked OR NEW.calibrated_until > coalesce(OLD.calibrated_until, ''))
    AND (SELECT count(*) FROM act_signer WHERE seq = NEW.seq AND seq = (SELECT max(seq) FROM line)) < 2 THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER instrument_loosened_by_two BEFORE UPDATE ON instrument
FOR EACH ROW EXECUTE FUNCTION qc_instrument_loosened_by_two('two-needed')
--;
CREATE TRIGGER product_used_stays BEFORE UPDATE ON product
FOR EACH ROW WHEN (OLD.used IS NOT NULL AND NEW.used IS DISTINCT FROM OLD.used)
EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER supplier_used_stays BEFORE UPDATE ON supplier
FOR EACH ROW WHEN (OLD.used IS NOT NULL AND NEW.used IS DISTINCT FROM OLD.used)
EXECUTE FUNCTION qc_refuse('append-only')
--;
-- A number that a batch ever had stays its own: under another one nobody gets rid of a stop, or of having made it.
CREATE FUNCTION qc_batch_number_by_its_event() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM (SELECT convert_from(body, 'UTF8')::json AS said FROM event WHERE seq = NEW.seq) e
        WHERE said ->> 'type' = 'batch.saved' AND said -> 'body' ->> 'batch' = NEW.batch AND said -> 'body' ->> 'number' = NEW.number) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER batch_number_by_its_event BEFORE INSERT ON batch_number
FOR EACH ROW EXECUTE FUNCTION qc_batch_number_by_its_event('unverified')
--;
CREATE FUNCTION qc_batch_number_taken() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM batch_number WHERE number = NEW.number AND batch <> NEW.batch) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER batch_number_taken BEFORE INSERT ON batch_number
FOR EACH ROW EXECUTE FUNCTION qc_batch_number_taken('number-taken')
--;
CREATE FUNCTION qc_batch_number_noted() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM batch_number WHERE seq = NEW.seq AND batch = NEW.id AND number = NEW.number) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER batch_number_noted BEFORE INSERT ON batch
FOR EACH ROW EXECUTE FUNCTION qc_batch_number_noted('unverified')
--;
CREATE FUNCTION qc_batch_number_noted_again() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.number IS DISTINCT FROM OLD.number
    AND NOT EXISTS (SELECT 1 FROM batch_number WHERE seq = NEW.seq AND batch = NEW.id AND number = NEW.number) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER batch_number_noted_again BEFORE UPDATE ON batch
FOR EACH ROW EXECUTE FUNCTION qc_batch_number_noted_again('unverified')
--;
-- What is stopped goes on being found under its number, and is not cancelled away.
CREATE FUNCTION qc_batch_held_stays() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF OLD.held = 1 AND (NEW.number IS DISTINCT FROM OLD.number OR (NEW.state = 'cancelled' AND OLD.state <> 'cancelled')) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER batch_held_stays BEFORE UPDATE ON batch
FOR EACH ROW EXECUTE FUNCTION qc_batch_held_stays('held')
--;
-- Who changes a batch has read what is changed: the event says which one that was.
CREATE FUNCTION qc_batch_changed_as_read() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.seq IS DISTINCT FROM OLD.seq
    AND (SELECT convert_from(body, 'UTF8')::json -> 'body' ->> 'seen' FROM event WHERE seq = NEW.seq) IS DISTINCT FROM OLD.seq::text THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER batch_changed_as_read BEFORE UPDATE ON batch
FOR EACH ROW EXECUTE FUNCTION qc_batch_changed_as_read('changed-meanwhile')
--;
-- By what a batch is inspected follows from its product's code, who may act on it from the family: both stay once
-- there ever was a batch.
CREATE FUNCTION qc_product_code_stays() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF (NEW.code IS DISTINCT FROM OLD.code OR NEW.revision IS DISTINCT FROM OLD.revision) AND OLD.used IS NOT NULL THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER product_code_stays BEFORE UPDATE ON product
FOR EACH ROW EXECUTE FUNCTION qc_product_code_stays('code-stays')
--;
-- What papers call a product and its supplier, once there ever was a batch, takes two: as a person's name does.
CREATE FUNCTION qc_product_name_by_two() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF (NEW.name IS DISTINCT FROM OLD.name OR NEW.unit IS DISTINCT FROM OLD.unit) AND OLD.used IS NOT NULL
    AND (SELECT count(*) FROM act_signer WHERE seq = NEW.seq AND seq = (SELECT max(seq) FROM line)) < 2 THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER product_name_by_two BEFORE UPDATE ON product
FOR EACH ROW EXECUTE FUNCTION qc_product_name_by_two('two-needed')
--;
CREATE FUNCTION qc_supplier_name_by_two() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF (NEW.name IS DISTINCT FROM OLD.name OR NEW.country IS DISTINCT FROM OLD.country) AND OLD.used IS NOT NULL
    AND (SELECT count(*) FROM act_signer WHERE seq = NEW.seq AND seq = (SELECT max(seq) FROM line)) < 2 THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER supplier_name_by_two BEFORE UPDATE ON supplier
FOR EACH ROW EXECUTE FUNCTION qc_supplier_name_by_two('two-needed')
--;
CREATE FUNCTION qc_product_family_of_code() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF (NEW.code IS DISTINCT FROM OLD.code OR NEW.family IS DISTINCT FROM OLD.family)
        AND EXISTS (SELECT 1 FROM product WHERE code = NEW.code AND used IS NOT NULL AND family IS DISTINCT FROM NEW.family) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER product_family_of_code BEFORE UPDATE ON product
FOR EACH ROW EXECUTE FUNCTION qc_product_family_of_code('family-stays')
--;
CREATE FUNCTION qc_product_family_of_new_revision() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM product WHERE code = NEW.code AND used IS NOT NULL AND family IS DISTINCT FROM NEW.family) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER product_family_of_new_revision BEFORE INSERT ON product
FOR EACH ROW EXECUTE FUNCTION qc_product_family_of_new_revision('family-stays')
--;
-- What was sent to rework is neither inspected anew nor released before somebody is named who reworked it.
CREATE FUNCTION qc_round_after_rework() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF (SELECT rework_ordered FROM batch WHERE id = NEW.batch) = 1 THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER round_after_rework BEFORE INSERT ON round
FOR EACH ROW EXECUTE FUNCTION qc_round_after_rework('reworkers-missing')
--;
CREATE FUNCTION qc_sign_off_release_after_rework() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.place = 'release' AND (SELECT rework_ordered FROM batch WHERE id = NEW.batch) = 1 THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER sign_off_release_after_rework BEFORE INSERT ON sign_off
FOR EACH ROW EXECUTE FUNCTION qc_sign_off_release_after_rework('reworkers-missing')
--;
-- A batch that is not there is not released: NULL NOT IN (...) is not true.
CREATE OR REPLACE FUNCTION qc_shipment_of_released() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF ((SELECT state FROM batch WHERE id = NEW.batch) IN ('released', 'released_under_concession')) IS NOT TRUE THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE OR REPLACE FUNCTION qc_shipment_not_more() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF (NEW.quantity >= 1 AND NEW.quantity + (SELECT coalesce(sum(quantity), 0) FROM shipment WHERE batch = NEW.batch)
        <= (SELECT least(released, quantity - (SELECT coalesce(sum(quantity), 0) FROM shipped_unreleased WHERE batch = NEW.batch))
            FROM batch WHERE id = NEW.batch)) IS NOT TRUE THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
-- What every table refuses by what it is.
CREATE TRIGGER line_of_last_event BEFORE INSERT ON line
FOR EACH ROW EXECUTE FUNCTION qc_of_last_event('unverified')
--;
CREATE TRIGGER line_signer_of_last_event BEFORE INSERT ON line_signer
FOR EACH ROW EXECUTE FUNCTION qc_of_last_event('unverified')
--;
CREATE TRIGGER namesake_of_last_event BEFORE INSERT ON namesake
FOR EACH ROW EXECUTE FUNCTION qc_of_last_event('unverified')
--;
CREATE TRIGGER shop_of_last_event BEFORE INSERT ON shop
FOR EACH ROW EXECUTE FUNCTION qc_of_last_event('unverified')
--;
CREATE TRIGGER person_of_last_event BEFORE INSERT ON person
FOR EACH ROW EXECUTE FUNCTION qc_of_last_event('unverified')
--;
CREATE TRIGGER role_grant_of_last_event BEFORE INSERT ON role_grant
FOR EACH ROW EXECUTE FUNCTION qc_of_last_event('unverified')
--;
CREATE TRIGGER qualification_of_last_event BEFORE INSERT ON qualification
FOR EACH ROW EXECUTE FUNCTION qc_of_last_event('unverified')
--;
CREATE TRIGGER supplier_of_last_event BEFORE INSERT ON supplier
FOR EACH ROW EXECUTE FUNCTION qc_of_last_event('unverified')
--;
CREATE TRIGGER product_of_last_event BEFORE INSERT ON product
FOR EACH ROW EXECUTE FUNCTION qc_of_last_event('unverified')
--;
CREATE TRIGGER defect_code_of_last_event BEFORE INSERT ON defect_code
FOR EACH ROW EXECUTE FUNCTION qc_of_last_event('unverified')
--;
CREATE TRIGGER instrument_of_last_event BEFORE INSERT ON instrument
FOR EACH ROW EXECUTE FUNCTION qc_of_last_event('unverified')
--;
CREATE TRIGGER procedure_version_of_last_event BEFORE INSERT ON procedure_version
FOR EACH ROW EXECUTE FUNCTION qc_of_last_event('unverified')
--;
CREATE TRIGGER procedure_product_of_last_event BEFORE INSERT ON procedure_product
FOR EACH ROW EXECUTE FUNCTION qc_of_last_event('unverified')
--;
CREATE TRIGGER batch_of_last_event BEFORE INSERT ON batch
FOR EACH ROW EXECUTE FUNCTION qc_of_last_event('unverified')
--;
CREATE TRIGGER batch_maker_of_last_event BEFORE INSERT ON batch_maker
FOR EACH ROW EXECUTE FUNCTION qc_of_last_event('unverified')
--;
CREATE TRIGGER batch_reworker_of_last_event BEFORE INSERT ON batch_reworker
FOR EACH ROW EXECUTE FUNCTION qc_of_last_event('unverified')
--;
CREATE TRIGGER hold_of_last_event BEFORE INSERT ON hold
FOR EACH ROW EXECUTE FUNCTION qc_of_last_event('unverified')
--;
CREATE TRIGGER round_of_last_event BEFORE INSERT ON round
FOR EACH ROW EXECUTE FUNCTION qc_of_last_event('unverified')
--;
CREATE TRIGGER checking_of_last_event BEFORE INSERT ON checking
FOR EACH ROW EXECUTE FUNCTION qc_of_last_event('unverified')
--;
CREATE TRIGGER checking_round_of_batch BEFORE INSERT ON checking
FOR EACH ROW EXECUTE FUNCTION qc_round_of_batch('unverified')
--;
CREATE TRIGGER unit_result_of_last_event BEFORE INSERT ON unit_result
FOR EACH ROW EXECUTE FUNCTION qc_of_last_event('unverified')
--;
CREATE TRIGGER finding_of_last_event BEFORE INSERT ON finding
FOR EACH ROW EXECUTE FUNCTION qc_of_last_event('unverified')
--;
CREATE TRIGGER finding_round_of_batch BEFORE INSERT ON finding
FOR EACH ROW EXECUTE FUNCTION qc_round_of_batch('unverified')
--;
CREATE TRIGGER reading_of_last_event BEFORE INSERT ON reading
FOR EACH ROW EXECUTE FUNCTION qc_of_last_event('unverified')
--;
CREATE TRIGGER reading_round_of_batch BEFORE INSERT ON reading
FOR EACH ROW EXECUTE FUNCTION qc_round_of_batch('unverified')
--;
CREATE TRIGGER sign_off_of_last_event BEFORE INSERT ON sign_off
FOR EACH ROW EXECUTE FUNCTION qc_of_last_event('unverified')
--;
CREATE TRIGGER sign_off_round_of_batch BEFORE INSERT ON sign_off
FOR EACH ROW EXECUTE FUNCTION qc_round_of_batch('unverified')
--;
CREATE TRIGGER comparison_of_last_event BEFORE INSERT ON comparison
FOR EACH ROW EXECUTE FUNCTION qc_of_last_event('unverified')
--;
CREATE TRIGGER comparison_round_of_batch BEFORE INSERT ON comparison
FOR EACH ROW EXECUTE FUNCTION qc_round_of_batch('unverified')
--;
CREATE TRIGGER decision_of_last_event BEFORE INSERT ON decision
FOR EACH ROW EXECUTE FUNCTION qc_of_last_event('unverified')
--;
CREATE TRIGGER decision_round_of_batch BEFORE INSERT ON decision
FOR EACH ROW EXECUTE FUNCTION qc_round_of_batch('unverified')
--;
CREATE TRIGGER place_given_up_of_last_event BEFORE INSERT ON place_given_up
FOR EACH ROW EXECUTE FUNCTION qc_of_last_event('unverified')
--;
CREATE TRIGGER first_seen_of_last_event BEFORE INSERT ON first_seen
FOR EACH ROW EXECUTE FUNCTION qc_of_last_event('unverified')
--;
CREATE TRIGGER disposition_of_last_event BEFORE INSERT ON disposition
FOR EACH ROW EXECUTE FUNCTION qc_of_last_event('unverified')
--;
CREATE TRIGGER disposition_round_of_batch BEFORE INSERT ON disposition
FOR EACH ROW EXECUTE FUNCTION qc_round_of_batch('unverified')
--;
CREATE TRIGGER shipment_of_last_event BEFORE INSERT ON shipment
FOR EACH ROW EXECUTE FUNCTION qc_of_last_event('unverified')
--;
CREATE TRIGGER reported_defect_of_last_event BEFORE INSERT ON reported_defect
FOR EACH ROW EXECUTE FUNCTION qc_of_last_event('unverified')
--;
CREATE TRIGGER imported_of_last_event BEFORE INSERT ON imported
FOR EACH ROW EXECUTE FUNCTION qc_of_last_event('unverified')
--;
CREATE TRIGGER certificate_no_truncate BEFORE TRUNCATE ON certificate
FOR EACH STATEMENT EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER certificate_no_delete BEFORE DELETE ON certificate
FOR EACH ROW EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER certificate_no_update BEFORE UPDATE ON certificate
FOR EACH ROW EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER certificate_of_last_event BEFORE INSERT ON certificate
FOR EACH ROW EXECUTE FUNCTION qc_of_last_event('unverified')
--;
CREATE TRIGGER certificate_round_of_batch BEFORE INSERT ON certificate
FOR EACH ROW EXECUTE FUNCTION qc_round_of_batch('unverified')
--;
CREATE TRIGGER certificate_copy_no_truncate BEFORE TRUNCATE ON certificate_copy
FOR EACH STATEMENT EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER certificate_copy_no_delete BEFORE DELETE ON certificate_copy
FOR EACH ROW EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER certificate_copy_no_update BEFORE UPDATE ON certificate_copy
FOR EACH ROW EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER certificate_copy_of_last_event BEFORE INSERT ON certificate_copy
FOR EACH ROW EXECUTE FUNCTION qc_of_last_event('unverified')
--;
CREATE TRIGGER certificate_withdrawn_no_truncate BEFORE TRUNCATE ON certificate_withdrawn
FOR EACH STATEMENT EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER certificate_withdrawn_no_delete BEFORE DELETE ON certificate_withdrawn
FOR EACH ROW EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER certificate_withdrawn_no_update BEFORE UPDATE ON certificate_withdrawn
FOR EACH ROW EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER certificate_withdrawn_of_last_event BEFORE INSERT ON certificate_withdrawn
FOR EACH ROW EXECUTE FUNCTION qc_of_last_event('unverified')
--;
CREATE TRIGGER search_text_no_truncate BEFORE TRUNCATE ON search_text
FOR EACH STATEMENT EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER defect_total_no_truncate BEFORE TRUNCATE ON defect_total
FOR EACH STATEMENT EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER alembic_version_no_truncate BEFORE TRUNCATE ON alembic_version
FOR EACH STATEMENT EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER station_key_no_truncate BEFORE TRUNCATE ON station_key
FOR EACH STATEMENT EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER station_key_no_delete BEFORE DELETE ON station_key
FOR EACH ROW EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER station_key_key_stays BEFORE UPDATE ON station_key
FOR EACH ROW WHEN (NEW.key IS DISTINCT FROM OLD.key)
EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER failed_try_no_truncate BEFORE TRUNCATE ON failed_try
FOR EACH STATEMENT EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER failed_try_no_delete BEFORE DELETE ON failed_try
FOR EACH ROW EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER failed_try_no_update BEFORE UPDATE ON failed_try
FOR EACH ROW EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER failed_try_of_last_event BEFORE INSERT ON failed_try
FOR EACH ROW EXECUTE FUNCTION qc_of_last_event('unverified')
--;
CREATE TRIGGER person_lock_no_truncate BEFORE TRUNCATE ON person_lock
FOR EACH STATEMENT EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER person_lock_no_delete BEFORE DELETE ON person_lock
FOR EACH ROW EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER person_lock_key_stays BEFORE UPDATE ON person_lock
FOR EACH ROW WHEN (NEW.seq IS DISTINCT FROM OLD.seq)
EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER person_lock_of_last_event BEFORE INSERT ON person_lock
FOR EACH ROW EXECUTE FUNCTION qc_of_last_event('unverified')
--;
CREATE TRIGGER badge_no_truncate BEFORE TRUNCATE ON badge
FOR EACH STATEMENT EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER badge_no_delete BEFORE DELETE ON badge
FOR EACH ROW EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER badge_key_stays BEFORE UPDATE ON badge
FOR EACH ROW WHEN (NEW.id IS DISTINCT FROM OLD.id)
EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER clock_jump_no_truncate BEFORE TRUNCATE ON clock_jump
FOR EACH STATEMENT EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER clock_jump_no_delete BEFORE DELETE ON clock_jump
FOR EACH ROW EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER clock_jump_no_update BEFORE UPDATE ON clock_jump
FOR EACH ROW EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER clock_jump_of_last_event BEFORE INSERT ON clock_jump
FOR EACH ROW EXECUTE FUNCTION qc_of_last_event('unverified')
--;
CREATE TRIGGER sealed_badge_no_truncate BEFORE TRUNCATE ON sealed_badge
FOR EACH STATEMENT EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER sealed_badge_no_update BEFORE UPDATE ON sealed_badge
FOR EACH ROW EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER shipped_unreleased_no_truncate BEFORE TRUNCATE ON shipped_unreleased
FOR EACH STATEMENT EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER shipped_unreleased_no_delete BEFORE DELETE ON shipped_unreleased
FOR EACH ROW EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER shipped_unreleased_no_update BEFORE UPDATE ON shipped_unreleased
FOR EACH ROW EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER shipped_unreleased_of_last_event BEFORE INSERT ON shipped_unreleased
FOR EACH ROW EXECUTE FUNCTION qc_of_last_event('unverified')
--;
CREATE TRIGGER voided_no_truncate BEFORE TRUNCATE ON voided
FOR EACH STATEMENT EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER voided_no_delete BEFORE DELETE ON voided
FOR EACH ROW EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER voided_no_update BEFORE UPDATE ON voided
FOR EACH ROW EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER voided_of_last_event BEFORE INSERT ON voided
FOR EACH ROW EXECUTE FUNCTION qc_of_last_event('unverified')
--;
CREATE TRIGGER restored_no_truncate BEFORE TRUNCATE ON restored
FOR EACH STATEMENT EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER restored_no_delete BEFORE DELETE ON restored
FOR EACH ROW EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER restored_no_update BEFORE UPDATE ON restored
FOR EACH ROW EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER restored_of_last_event BEFORE INSERT ON restored
FOR EACH ROW EXECUTE FUNCTION qc_of_last_event('unverified')
--;
CREATE TRIGGER procedure_grace_no_truncate BEFORE TRUNCATE ON procedure_grace
FOR EACH STATEMENT EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER procedure_grace_no_delete BEFORE DELETE ON procedure_grace
FOR EACH ROW EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER procedure_grace_no_update BEFORE UPDATE ON procedure_grace
FOR EACH ROW EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER procedure_grace_of_last_event BEFORE INSERT ON procedure_grace
FOR EACH ROW EXECUTE FUNCTION qc_of_last_event('unverified')
--;
CREATE TRIGGER procedure_stopped_no_truncate BEFORE TRUNCATE ON procedure_stopped
FOR EACH STATEMENT EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER procedure_stopped_no_delete BEFORE DELETE ON procedure_stopped
FOR EACH ROW EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER procedure_stopped_no_update BEFORE UPDATE ON procedure_stopped
FOR EACH ROW EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER procedure_stopped_of_last_event BEFORE INSERT ON procedure_stopped
FOR EACH ROW EXECUTE FUNCTION qc_of_last_event('unverified')
--;
CREATE TRIGGER batch_number_no_truncate BEFORE TRUNCATE ON batch_number
FOR EACH STATEMENT EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER batch_number_no_delete BEFORE DELETE ON batch_number
FOR EACH ROW EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER batch_number_no_update BEFORE UPDATE ON batch_number
FOR EACH ROW EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER batch_number_of_last_event BEFORE INSERT ON batch_number
FOR EACH ROW EXECUTE FUNCTION qc_of_last_event('unverified')
--;
CREATE TRIGGER reinspection_no_truncate BEFORE TRUNCATE ON reinspection
FOR EACH STATEMENT EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER reinspection_no_delete BEFORE DELETE ON reinspection
FOR EACH ROW EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER reinspection_no_update BEFORE UPDATE ON reinspection
FOR EACH ROW EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER reinspection_of_last_event BEFORE INSERT ON reinspection
FOR EACH ROW EXECUTE FUNCTION qc_of_last_event('unverified')
--;
CREATE TRIGGER reinspection_round_of_batch BEFORE INSERT ON reinspection
FOR EACH ROW EXECUTE FUNCTION qc_round_of_batch('unverified')
--;
CREATE TRIGGER severity_no_truncate BEFORE TRUNCATE ON severity
FOR EACH STATEMENT EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER severity_no_delete BEFORE DELETE ON severity
FOR EACH ROW EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER severity_no_update BEFORE UPDATE ON severity
FOR EACH ROW EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER severity_of_last_event BEFORE INSERT ON severity
FOR EACH ROW EXECUTE FUNCTION qc_of_last_event('unverified')
--;
CREATE TRIGGER reviewed_no_truncate BEFORE TRUNCATE ON reviewed
FOR EACH STATEMENT EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER reviewed_no_delete BEFORE DELETE ON reviewed
FOR EACH ROW EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER reviewed_no_update BEFORE UPDATE ON reviewed
FOR EACH ROW EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER reviewed_of_last_event BEFORE INSERT ON reviewed
FOR EACH ROW EXECUTE FUNCTION qc_of_last_event('unverified')
--;
CREATE TRIGGER clock_correction_no_truncate BEFORE TRUNCATE ON clock_correction
FOR EACH STATEMENT EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER clock_correction_no_delete BEFORE DELETE ON clock_correction
FOR EACH ROW EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER clock_correction_no_update BEFORE UPDATE ON clock_correction
FOR EACH ROW EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER clock_correction_of_last_event BEFORE INSERT ON clock_correction
FOR EACH ROW EXECUTE FUNCTION qc_of_last_event('unverified')
--;
CREATE TRIGGER clock_behind_no_truncate BEFORE TRUNCATE ON clock_behind
FOR EACH STATEMENT EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER clock_behind_no_delete BEFORE DELETE ON clock_behind
FOR EACH ROW EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER clock_behind_no_update BEFORE UPDATE ON clock_behind
FOR EACH ROW EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER clock_behind_of_last_event BEFORE INSERT ON clock_behind
FOR EACH ROW EXECUTE FUNCTION qc_of_last_event('unverified')
--;
-- The rules hold as well in a session that calls itself a replica, where plain triggers sleep.
DO $$
DECLARE
    one record;
BEGIN
    FOR one IN SELECT tgrelid::regclass AS on_table, tgname FROM pg_trigger
        WHERE NOT tgisinternal AND tgrelid IN (SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace)
    LOOP
        EXECUTE format('ALTER TABLE %s ENABLE ALWAYS TRIGGER %I', one.on_table, one.tgname);
    END LOOP;
END $$
--;
-- The owner and the rights. Where the login may not do this, nothing at all is laid.
DO $$
DECLARE
    one record;
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['qcdesk_owner', 'qcdesk_program'] LOOP
        IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = name) THEN
            BEGIN
                EXECUTE format('CREATE ROLE %I NOLOGIN', name);
            EXCEPTION WHEN duplicate_object OR unique_violation THEN
                NULL;  -- another workspace on this server was laid in the same moment
            END;
        END IF;
        IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = name
            AND (rolcanlogin OR rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication OR rolbypassrls)) THEN
            RAISE EXCEPTION 'qcdesk:server_rights';
        END IF;
        IF NOT pg_has_role(current_user, name, 'USAGE') THEN
            EXECUTE format('GRANT %I TO CURRENT_USER', name);
        END IF;
    END LOOP;
    EXECUTE 'GRANT USAGE, CREATE ON SCHEMA public TO qcdesk_owner';
    FOR one IN SELECT format('%I.%I', n.nspname, c.relname) AS what FROM pg_class c
        JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'public' AND c.relkind IN ('r', 'v')
    LOOP
        EXECUTE 'ALTER TABLE ' || one.what || ' OWNER TO qcdesk_owner';
        EXECUTE 'REVOKE ALL ON ' || one.what || ' FROM PUBLIC, qcdesk_program';
        EXECUTE 'GRANT SELECT ON ' || one.what || ' TO qcdesk_program';
    END LOOP;
    FOR one IN SELECT p.oid::regprocedure::text AS what FROM pg_proc p
        WHERE p.pronamespace = 'public'::regnamespace AND p.proname LIKE 'qc\_%'
    LOOP
        EXECUTE 'ALTER FUNCTION ' || one.what || ' OWNER TO qcdesk_owner';
        EXECUTE 'REVOKE ALL ON FUNCTION ' || one.what || ' FROM PUBLIC, qcdesk_program';
    END LOOP;
    GRANT EXECUTE ON FUNCTION qc_append(bigint, bytea, bytea, bytea, jsonb), qc_keep(jsonb), qc_keep_record(text, bytea),
        qc_keep_file(text, bytea)
        TO qcdesk_program;
    EXECUTE 'REVOKE CREATE ON SCHEMA public FROM PUBLIC, qcdesk_program';
    EXECUTE 'GRANT USAGE ON SCHEMA public TO qcdesk_program';
    EXECUTE format('REVOKE TEMPORARY, CREATE ON DATABASE %I FROM PUBLIC, qcdesk_program', current_database());
    EXECUTE format('GRANT CONNECT ON DATABASE %I TO qcdesk_program', current_database());
EXCEPTION WHEN insufficient_privilege THEN
    RAISE EXCEPTION 'qcdesk:server_rights';
END $$
