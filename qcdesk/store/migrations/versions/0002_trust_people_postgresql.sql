-- SPDX-License-Identifier: Apache-2.0
-- Second schema, keys, locks and the station, PostgreSQL: statements end with a line that holds only two dashes and a semicolon.
-- Keys of workstations, failed tries, locks, changed keys and badges: begin
CREATE TABLE station_key (
    key TEXT NOT NULL CHECK (length(key) = 32),
    station TEXT NOT NULL,
    name TEXT NOT NULL,
    public_key TEXT NOT NULL CHECK (length(public_key) = 64),
    from_seq BIGINT NOT NULL REFERENCES event (seq),
    until_seq BIGINT,
    active BIGINT NOT NULL,
    PRIMARY KEY (key),
    CHECK (active IN (0, 1))
)
--;
CREATE TABLE failed_try (
    seq BIGINT NOT NULL REFERENCES event (seq),
    person TEXT NOT NULL REFERENCES person (id),
    station TEXT NOT NULL,
    at BIGINT NOT NULL,
    way TEXT NOT NULL,
    in_a_row BIGINT NOT NULL,
    start TEXT NOT NULL,
    steady BIGINT NOT NULL,
    tried BIGINT,
    PRIMARY KEY (seq),
    CHECK (way IN ('password', 'badge', 'pin')),
    CHECK (in_a_row >= 1)
)
--;
CREATE TABLE person_lock (
    seq BIGINT NOT NULL REFERENCES event (seq),
    person TEXT NOT NULL REFERENCES person (id),
    station TEXT NOT NULL,
    at BIGINT NOT NULL,
    until BIGINT NOT NULL,
    unlocked BIGINT REFERENCES event (seq),
    unlocked_by TEXT,
    PRIMARY KEY (seq)
)
--;
CREATE TABLE badge (
    id TEXT NOT NULL CHECK (length(id) = 32),
    person TEXT NOT NULL REFERENCES person (id),
    key TEXT NOT NULL REFERENCES person_key (key),
    seal TEXT NOT NULL CHECK (length(seal) = 64),
    issued BIGINT NOT NULL REFERENCES event (seq),
    stopped BIGINT,
    PRIMARY KEY (id)
)
--;
CREATE TABLE clock_jump (
    seq BIGINT NOT NULL REFERENCES event (seq),
    station TEXT NOT NULL,
    at BIGINT NOT NULL,
    ahead BIGINT NOT NULL,
    PRIMARY KEY (seq)
)
--;
CREATE TABLE sealed_badge (
    id TEXT NOT NULL PRIMARY KEY CHECK (length(id) = 32),
    person TEXT NOT NULL,
    key TEXT NOT NULL,
    public_key TEXT NOT NULL,
    sealed TEXT NOT NULL
)
--;
CREATE UNIQUE INDEX station_key_one ON station_key (station) WHERE active = 1
--;
CREATE INDEX failed_try_of_person ON failed_try (person, seq)
--;
CREATE INDEX person_lock_of_person ON person_lock (person, seq)
--;
CREATE INDEX badge_of_person ON badge (person, issued)
--;
CREATE TRIGGER station_key_signed_stays BEFORE UPDATE ON station_key
FOR EACH ROW WHEN (NEW.key IS DISTINCT FROM OLD.key OR NEW.station IS DISTINCT FROM OLD.station OR NEW.name IS DISTINCT FROM OLD.name OR NEW.public_key IS DISTINCT FROM OLD.public_key OR NEW.from_seq IS DISTINCT FROM OLD.from_seq)
EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER person_lock_signed_stays BEFORE UPDATE ON person_lock
FOR EACH ROW WHEN (NEW.seq IS DISTINCT FROM OLD.seq OR NEW.person IS DISTINCT FROM OLD.person OR NEW.station IS DISTINCT FROM OLD.station OR NEW.at IS DISTINCT FROM OLD.at OR NEW.until IS DISTINCT FROM OLD.until)
EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER badge_signed_stays BEFORE UPDATE ON badge
FOR EACH ROW WHEN (NEW.id IS DISTINCT FROM OLD.id OR NEW.person IS DISTINCT FROM OLD.person OR NEW.key IS DISTINCT FROM OLD.key OR NEW.seal IS DISTINCT FROM OLD.seal OR NEW.issued IS DISTINCT FROM OLD.issued)
EXECUTE FUNCTION qc_refuse('append-only')
--;
-- A workstation's own key signs what has no person, and nothing else: see store/keys_of.py.
CREATE FUNCTION qc_line_station_alone() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF (NEW.person IS NULL) IS DISTINCT FROM (NEW.type IN ('auth.failed', 'auth.locked', 'clock.jumped'))
        OR (NEW.person IS NULL AND (NEW.act IS DISTINCT FROM 0 OR NEW.session IS NOT NULL)) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER line_station_alone BEFORE INSERT ON line
FOR EACH ROW EXECUTE FUNCTION qc_line_station_alone('unverified')
--;
CREATE FUNCTION qc_station_key_introduced() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.until_seq IS NOT NULL OR NEW.active IS DISTINCT FROM 1 OR NEW.from_seq IS DISTINCT FROM (SELECT max(seq) FROM line) OR NOT EXISTS (
        SELECT 1 FROM line WHERE seq = NEW.from_seq AND type = 'station.introduced' AND station = NEW.station) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER station_key_introduced BEFORE INSERT ON station_key
FOR EACH ROW EXECUTE FUNCTION qc_station_key_introduced('unverified')
--;
CREATE FUNCTION qc_station_key_ends_once() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF OLD.until_seq IS NOT NULL OR NEW.active IS DISTINCT FROM 0 OR NEW.until_seq IS DISTINCT FROM (SELECT max(seq) FROM line) OR NOT EXISTS (
        SELECT 1 FROM line WHERE seq = NEW.until_seq AND type = 'station.introduced' AND station = NEW.station) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER station_key_ends_once BEFORE UPDATE ON station_key
FOR EACH ROW EXECUTE FUNCTION qc_station_key_ends_once('unverified')
--;
CREATE FUNCTION qc_station_key_one_stands() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM station_key WHERE station = NEW.station) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER station_key_one_stands BEFORE INSERT ON station_key
FOR EACH ROW EXECUTE FUNCTION qc_station_key_one_stands('append-only')
--;
CREATE FUNCTION qc_failed_try_by_its_event() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.seq IS DISTINCT FROM (SELECT max(seq) FROM line) OR NOT EXISTS (
        SELECT 1 FROM line WHERE seq = NEW.seq AND type = 'auth.failed' AND station = NEW.station AND at = NEW.at) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER failed_try_by_its_event BEFORE INSERT ON failed_try
FOR EACH ROW EXECUTE FUNCTION qc_failed_try_by_its_event('unverified')
--;
CREATE FUNCTION qc_clock_jump_by_its_event() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.seq IS DISTINCT FROM (SELECT max(seq) FROM line) OR NOT EXISTS (
        SELECT 1 FROM line WHERE seq = NEW.seq AND type = 'clock.jumped' AND station = NEW.station AND at = NEW.at) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER clock_jump_by_its_event BEFORE INSERT ON clock_jump
FOR EACH ROW EXECUTE FUNCTION qc_clock_jump_by_its_event('unverified')
--;
CREATE FUNCTION qc_person_lock_by_its_event() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.unlocked IS NOT NULL OR NEW.seq IS DISTINCT FROM (SELECT max(seq) FROM line) OR NOT EXISTS (
        SELECT 1 FROM line WHERE seq = NEW.seq AND type = 'auth.locked' AND station = NEW.station AND at = NEW.at) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER person_lock_by_its_event BEFORE INSERT ON person_lock
FOR EACH ROW EXECUTE FUNCTION qc_person_lock_by_its_event('unverified')
--;
CREATE FUNCTION qc_person_lock_unlocked_by_another() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF OLD.unlocked IS NOT NULL OR NEW.unlocked IS DISTINCT FROM (SELECT max(seq) FROM line) OR NOT EXISTS (
        SELECT 1 FROM people_act WHERE seq = NEW.unlocked AND type = 'person.unlocked' AND concerned = NEW.person
        AND person = NEW.unlocked_by AND (others >= 1 OR sheet = 1)) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER person_lock_unlocked_by_another BEFORE UPDATE ON person_lock
FOR EACH ROW EXECUTE FUNCTION qc_person_lock_unlocked_by_another('unlock-own')
--;
CREATE FUNCTION qc_badge_issued_by_event() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.stopped IS NOT NULL OR NEW.issued IS DISTINCT FROM (SELECT max(seq) FROM line)
        OR NOT EXISTS (SELECT 1 FROM line WHERE seq = NEW.issued AND type = 'badge.issued' AND person = NEW.person)
        OR NOT EXISTS (SELECT 1 FROM act_signer WHERE seq = NEW.issued AND person IS DISTINCT FROM NEW.person)
        OR NOT EXISTS (SELECT 1 FROM person_key WHERE key = NEW.key AND person = NEW.person AND until_seq IS NULL) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER badge_issued_by_event BEFORE INSERT ON badge
FOR EACH ROW EXECUTE FUNCTION qc_badge_issued_by_event('unverified')
--;
CREATE FUNCTION qc_badge_stops_once() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF OLD.stopped IS NOT NULL OR NEW.stopped IS DISTINCT FROM (SELECT max(seq) FROM line) OR NOT EXISTS (
        SELECT 1 FROM line WHERE seq = NEW.stopped AND (type = 'badge.stopped'
        OR (type IN ('badge.issued', 'key.changed') AND person = NEW.person))) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER badge_stops_once BEFORE UPDATE ON badge
FOR EACH ROW EXECUTE FUNCTION qc_badge_stops_once('unverified')
--;
CREATE FUNCTION qc_sealed_badge_of_badge() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM badge WHERE id = NEW.id AND person = NEW.person AND key = NEW.key
        AND stopped IS NULL AND issued = (SELECT max(seq) FROM line)) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER sealed_badge_of_badge BEFORE INSERT ON sealed_badge
FOR EACH ROW EXECUTE FUNCTION qc_sealed_badge_of_badge('unverified')
--;
-- A seal goes when its badge was stopped by a person's act, never before.
CREATE FUNCTION qc_sealed_badge_no_delete() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM badge WHERE id = OLD.id AND stopped IS NULL) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN OLD;
END $$
--;
CREATE TRIGGER sealed_badge_no_delete BEFORE DELETE ON sealed_badge
FOR EACH ROW EXECUTE FUNCTION qc_sealed_badge_no_delete('append-only')
--;
-- A seal comes with its key, and is replaced only by its person's own act in the same transaction.
CREATE FUNCTION qc_sealed_key_of_key() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM person_key WHERE key = NEW.key AND person = NEW.person AND public_key = NEW.public_key
        AND until_seq IS NULL AND from_seq = (SELECT max(seq) FROM line)) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER sealed_key_of_key BEFORE INSERT ON sealed_key
FOR EACH ROW EXECUTE FUNCTION qc_sealed_key_of_key('unverified')
--;
CREATE FUNCTION qc_sealed_key_changed_by_event() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.person IS DISTINCT FROM OLD.person OR NEW.public_key IS DISTINCT FROM OLD.public_key OR NOT EXISTS (
        SELECT 1 FROM line WHERE seq = (SELECT max(seq) FROM line) AND type = 'secret.changed' AND person = OLD.person) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER sealed_key_changed_by_event BEFORE UPDATE ON sealed_key
FOR EACH ROW EXECUTE FUNCTION qc_sealed_key_changed_by_event('unverified')
--;
CREATE FUNCTION qc_sealed_key_no_delete() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM person_key WHERE key = OLD.key AND until_seq IS NULL) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN OLD;
END $$
--;
CREATE TRIGGER sealed_key_no_delete BEFORE DELETE ON sealed_key
FOR EACH ROW EXECUTE FUNCTION qc_sealed_key_no_delete('append-only')
--;
-- A key comes with its person, or its person's old key signs it in.
CREATE OR REPLACE FUNCTION qc_person_key_by_enrolment() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.from_seq IS DISTINCT FROM (SELECT max(seq) FROM line) OR NOT EXISTS (
        SELECT 1 FROM line WHERE seq = NEW.from_seq AND (type IN ('workspace.opened', 'person.enrolled')
        OR (type = 'key.changed' AND person = NEW.person))) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
-- Keys of workstations, failed tries, locks, changed keys and badges: end
-- Two people, the recovery sheet, keys that end: from here to the line that says so.
ALTER TABLE person_key ADD COLUMN ended TEXT
--;
ALTER TABLE person_key ADD COLUMN suspect_from BIGINT
--;
ALTER TABLE person_key ADD COLUMN by_sheet BIGINT
--;
CREATE INDEX person_key_of_person ON person_key (person, from_seq)
--;
CREATE TABLE recovery_sheet (
    public_key TEXT NOT NULL CHECK (length(public_key) = 64),
    from_seq BIGINT NOT NULL,
    until_seq BIGINT,
    PRIMARY KEY (public_key),
    UNIQUE (from_seq)
)
--;
-- What the recovery sheet signs waits at its commit for the sheet that comes with its use, on the line behind.
CREATE TABLE line_signer (
    seq BIGINT NOT NULL REFERENCES line (seq),
    person TEXT NOT NULL,
    key TEXT NOT NULL,
    next_sheet BIGINT REFERENCES recovery_sheet (from_seq) DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (seq, key)
)
--;
CREATE TABLE namesake (
    person TEXT NOT NULL REFERENCES person (id),
    other TEXT NOT NULL REFERENCES person (id),
    seq BIGINT NOT NULL REFERENCES event (seq),
    PRIMARY KEY (person, other)
)
--;
INSERT INTO line_signer (seq, person, key)
    SELECT e.seq, c.value ->> 'person', c.value ->> 'key'
    FROM event e, jsonb_array_elements(convert_from(e.body, 'UTF8')::jsonb -> 'co') AS c(value)
    WHERE convert_from(e.body, 'UTF8')::jsonb ? 'co'
--;
INSERT INTO recovery_sheet (public_key, from_seq, until_seq) SELECT recovery_key, 1, NULL FROM workspace
--;
INSERT INTO namesake (person, other, seq)
    SELECT DISTINCT convert_from(e.body, 'UTF8')::jsonb #>> '{body,person}', o.value, e.seq
    FROM line l JOIN event e ON e.seq = l.seq,
        jsonb_array_elements_text(convert_from(e.body, 'UTF8')::jsonb #> '{body,another_than}') AS o(value)
    WHERE l.type = 'person.enrolled'
--;
CREATE VIEW act_signer AS
    SELECT seq, person FROM line WHERE person IS NOT NULL
    UNION SELECT seq, person FROM line_signer WHERE person <> 'recovery'
--;
CREATE VIEW able_person AS
    SELECT p.id AS id,
        max(CASE WHEN g.role = 'administrator' THEN 1 ELSE 0 END) AS administrator,
        max(CASE WHEN g.until IS NULL OR g.until >= (SELECT to_char(to_timestamp(at / 1000000 + 86400) AT TIME ZONE 'UTC', 'YYYY-MM-DD') FROM line ORDER BY seq DESC LIMIT 1) THEN 1 ELSE 0 END) AS surely,
        max(CASE WHEN g.role = 'administrator' AND (g.until IS NULL OR g.until >= (SELECT to_char(to_timestamp(at / 1000000 + 86400) AT TIME ZONE 'UTC', 'YYYY-MM-DD') FROM line ORDER BY seq DESC LIMIT 1))
            THEN 1 ELSE 0 END) AS surely_administrator
    FROM person p JOIN role_grant g ON g.person = p.id
    WHERE p.status = 'active' AND g.role <> 'auditor'
        AND EXISTS (SELECT 1 FROM person_key k WHERE k.person = p.id AND k.until_seq IS NULL)
        AND (g.until IS NULL OR g.until >= (SELECT to_char(to_timestamp(at / 1000000 - 86400) AT TIME ZONE 'UTC', 'YYYY-MM-DD') FROM line ORDER BY seq DESC LIMIT 1))
    GROUP BY p.id
--;
CREATE VIEW people_act AS
    SELECT l.seq AS seq, l.type AS type, l.person AS person, convert_from(e.body, 'UTF8')::jsonb #>> '{body,person}' AS concerned,
        (SELECT count(*) FROM act_signer s WHERE s.seq = l.seq) AS signers,
        (SELECT count(*) FROM act_signer s WHERE s.seq = l.seq AND s.person IS DISTINCT FROM convert_from(e.body, 'UTF8')::jsonb #>> '{body,person}') AS others,
        (SELECT count(*) FROM act_signer s JOIN able_person a ON a.id = s.person
            WHERE s.seq = l.seq AND a.administrator = 1 AND s.person IS DISTINCT FROM convert_from(e.body, 'UTF8')::jsonb #>> '{body,person}') AS administrators,
        (SELECT count(*) FROM able_person a WHERE a.id = l.person AND a.administrator = 1) AS by_administrator,
        (SELECT count(*) FROM line_signer s WHERE s.seq = l.seq AND s.person = 'recovery') AS sheet
    FROM line l JOIN event e ON e.seq = l.seq
--;
CREATE TRIGGER line_signer_no_delete BEFORE DELETE ON line_signer
FOR EACH ROW EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER line_signer_no_update BEFORE UPDATE ON line_signer
FOR EACH ROW EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER line_signer_no_truncate BEFORE TRUNCATE ON line_signer
FOR EACH STATEMENT EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER recovery_sheet_no_delete BEFORE DELETE ON recovery_sheet
FOR EACH ROW EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER recovery_sheet_key_stays BEFORE UPDATE ON recovery_sheet
FOR EACH ROW WHEN (NEW.public_key IS DISTINCT FROM OLD.public_key)
EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER recovery_sheet_no_truncate BEFORE TRUNCATE ON recovery_sheet
FOR EACH STATEMENT EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER namesake_no_delete BEFORE DELETE ON namesake
FOR EACH ROW EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER namesake_key_stays BEFORE UPDATE ON namesake
FOR EACH ROW WHEN (NEW.person IS DISTINCT FROM OLD.person OR NEW.other IS DISTINCT FROM OLD.other)
EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE TRIGGER namesake_no_truncate BEFORE TRUNCATE ON namesake
FOR EACH STATEMENT EXECUTE FUNCTION qc_refuse('append-only')
--;
CREATE FUNCTION qc_line_by_active() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.person IS NOT NULL AND NEW.type NOT IN ('workspace.opened', 'session.closed')
    AND NOT EXISTS (SELECT 1 FROM person p JOIN person_key k ON k.person = p.id WHERE p.id = NEW.person AND p.status = 'active' AND k.until_seq IS NULL) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER line_by_active BEFORE INSERT ON line
FOR EACH ROW EXECUTE FUNCTION qc_line_by_active('not-active')
--;
CREATE FUNCTION qc_line_after_recovery() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF (CASE WHEN NEW.type = 'recovery.used' THEN 1 ELSE 0 END) <> (
    SELECT count(*) FROM line_signer s JOIN line l ON l.seq = s.seq
    WHERE s.seq = NEW.seq - 1 AND s.person = 'recovery' AND l.type <> 'recovery.used') THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER line_after_recovery BEFORE INSERT ON line
FOR EACH ROW EXECUTE FUNCTION qc_line_after_recovery('recovery')
--;
CREATE FUNCTION qc_line_signer_by_its_event() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.seq IS DISTINCT FROM (SELECT max(seq) FROM line) OR NOT EXISTS (
        SELECT 1 FROM event e WHERE e.seq = NEW.seq AND convert_from(e.body, 'UTF8')::jsonb -> 'co'
        @> jsonb_build_array(jsonb_build_object('person', NEW.person, 'key', NEW.key))) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER line_signer_by_its_event BEFORE INSERT ON line_signer
FOR EACH ROW EXECUTE FUNCTION qc_line_signer_by_its_event('unverified')
--;
CREATE FUNCTION qc_line_signer_by_active() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.person IS DISTINCT FROM 'recovery' AND NOT EXISTS (SELECT 1 FROM person p JOIN person_key k ON k.person = p.id WHERE p.id = NEW.person AND p.status = 'active' AND k.until_seq IS NULL)
    AND NOT EXISTS (SELECT 1 FROM people_act WHERE seq = NEW.seq AND (type = 'workspace.opened'
        OR (type IN ('person.enrolled', 'key.enrolled') AND concerned IS NOT DISTINCT FROM NEW.person))) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER line_signer_by_active BEFORE INSERT ON line_signer
FOR EACH ROW EXECUTE FUNCTION qc_line_signer_by_active('not-active')
--;
CREATE FUNCTION qc_line_signer_recovery() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.person IS NOT DISTINCT FROM 'recovery' AND NOT EXISTS (SELECT 1 FROM people_act t WHERE t.seq = NEW.seq
    AND (t.others >= 1 OR t.type = 'person.unlocked'
        OR (t.type = 'recovery.used' AND EXISTS (SELECT 1 FROM line WHERE seq = NEW.seq - 1 AND type = 'person.unlocked')))
    AND t.type IN ('person.enrolled', 'key.enrolled', 'key.revoked', 'person.unlocked', 'person.lifted', 'recovery.used')
    AND (t.type = 'recovery.used'
        OR (SELECT count(*) FROM able_person a WHERE a.surely = 1 AND a.id IS DISTINCT FROM t.concerned) < 2
        OR (t.type IN ('person.enrolled', 'person.lifted')
            AND NOT EXISTS (SELECT 1 FROM able_person a WHERE a.surely_administrator = 1 AND a.id IS DISTINCT FROM t.concerned)))) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER line_signer_recovery BEFORE INSERT ON line_signer
FOR EACH ROW EXECUTE FUNCTION qc_line_signer_recovery('recovery')
--;
CREATE FUNCTION qc_line_signer_next_sheet() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.next_sheet IS DISTINCT FROM (CASE WHEN NEW.person IS NOT DISTINCT FROM 'recovery'
    AND (SELECT type FROM line WHERE seq = NEW.seq) IS DISTINCT FROM 'recovery.used' THEN NEW.seq + 1 END) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER line_signer_next_sheet BEFORE INSERT ON line_signer
FOR EACH ROW EXECUTE FUNCTION qc_line_signer_next_sheet('recovery')
--;
DROP TRIGGER role_grant_by_two ON role_grant
--;
DROP FUNCTION IF EXISTS qc_role_grant_by_two()
--;
CREATE FUNCTION qc_role_grant_by_two() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.seq IS DISTINCT FROM (SELECT max(seq) FROM line) OR NOT EXISTS (SELECT 1 FROM people_act WHERE seq = NEW.seq AND (type = 'workspace.opened'
    OR (concerned IS NOT DISTINCT FROM NEW.person AND ((type = 'role.granted' AND signers >= 2 AND administrators >= 1)
        OR (type = 'person.enrolled' AND ((others >= 2 AND administrators >= 1) OR (sheet = 1 AND others >= 1))))))) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER role_grant_by_two BEFORE INSERT ON role_grant
FOR EACH ROW EXECUTE FUNCTION qc_role_grant_by_two('grant-alone')
--;
DROP TRIGGER role_grant_by_two_again ON role_grant
--;
DROP FUNCTION IF EXISTS qc_role_grant_by_two_again()
--;
CREATE FUNCTION qc_role_grant_by_two_again() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.seq IS DISTINCT FROM (SELECT max(seq) FROM line) OR NOT EXISTS (
    SELECT 1 FROM people_act WHERE seq = NEW.seq AND concerned IS NOT DISTINCT FROM NEW.person AND (type = 'role.granted' AND signers >= 2 AND administrators >= 1)) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER role_grant_by_two_again BEFORE UPDATE ON role_grant
FOR EACH ROW EXECUTE FUNCTION qc_role_grant_by_two_again('grant-alone')
--;
CREATE FUNCTION qc_role_grant_taken_by_administrator() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM people_act WHERE seq = (SELECT max(seq) FROM line) AND type = 'role.taken' AND concerned IS NOT DISTINCT FROM OLD.person
    AND by_administrator = 1) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN OLD;
END $$
--;
CREATE TRIGGER role_grant_taken_by_administrator BEFORE DELETE ON role_grant
FOR EACH ROW EXECUTE FUNCTION qc_role_grant_taken_by_administrator('role')
--;
CREATE FUNCTION qc_role_grant_last_administrator() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF OLD.role IS NOT DISTINCT FROM 'administrator' AND NOT EXISTS (SELECT 1 FROM able_person WHERE administrator = 1 AND id IS DISTINCT FROM OLD.person) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN OLD;
END $$
--;
CREATE TRIGGER role_grant_last_administrator BEFORE DELETE ON role_grant
FOR EACH ROW EXECUTE FUNCTION qc_role_grant_last_administrator('last-administrator')
--;
CREATE FUNCTION qc_qualification_by_two() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.seq IS DISTINCT FROM (SELECT max(seq) FROM line) OR NOT EXISTS (
    SELECT 1 FROM people_act WHERE seq = NEW.seq AND concerned IS NOT DISTINCT FROM NEW.person AND type = 'qualification.granted'
    AND signers >= 2 AND administrators >= 1) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER qualification_by_two BEFORE INSERT ON qualification
FOR EACH ROW EXECUTE FUNCTION qc_qualification_by_two('grant-alone')
--;
CREATE FUNCTION qc_qualification_by_two_again() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.seq IS DISTINCT FROM (SELECT max(seq) FROM line) OR NOT EXISTS (
    SELECT 1 FROM people_act WHERE seq = NEW.seq AND concerned IS NOT DISTINCT FROM NEW.person AND type = 'qualification.granted'
    AND signers >= 2 AND administrators >= 1) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER qualification_by_two_again BEFORE UPDATE ON qualification
FOR EACH ROW EXECUTE FUNCTION qc_qualification_by_two_again('grant-alone')
--;
CREATE FUNCTION qc_qualification_taken_by_administrator() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM people_act WHERE seq = (SELECT max(seq) FROM line) AND type = 'qualification.taken' AND concerned IS NOT DISTINCT FROM OLD.person
    AND by_administrator = 1) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN OLD;
END $$
--;
CREATE TRIGGER qualification_taken_by_administrator BEFORE DELETE ON qualification
FOR EACH ROW EXECUTE FUNCTION qc_qualification_taken_by_administrator('role')
--;
DROP TRIGGER person_key_by_enrolment ON person_key
--;
DROP FUNCTION IF EXISTS qc_person_key_by_enrolment()
--;
CREATE FUNCTION qc_person_key_by_enrolment() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.from_seq IS DISTINCT FROM (SELECT max(seq) FROM line) OR NEW.until_seq IS NOT NULL OR NOT EXISTS (
    SELECT 1 FROM people_act WHERE seq = NEW.from_seq AND (type = 'workspace.opened'
    OR (concerned IS NOT DISTINCT FROM NEW.person AND ((type = 'person.enrolled' AND ((others >= 2 AND administrators >= 1) OR (sheet = 1 AND others >= 1)))
        OR (type = 'key.changed' AND person IS NOT DISTINCT FROM NEW.person)
        OR (type = 'key.enrolled' AND (others >= 2 OR (sheet = 1 AND others >= 1))))))) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER person_key_by_enrolment BEFORE INSERT ON person_key
FOR EACH ROW EXECUTE FUNCTION qc_person_key_by_enrolment('grant-alone')
--;
CREATE FUNCTION qc_person_key_in_hand() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM line_signer WHERE seq = NEW.from_seq AND key IS NOT DISTINCT FROM NEW.key AND person IS NOT DISTINCT FROM NEW.person)
    AND NOT EXISTS (SELECT 1 FROM line WHERE seq = NEW.from_seq AND type = 'workspace.opened' AND person IS NOT DISTINCT FROM NEW.person) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER person_key_in_hand BEFORE INSERT ON person_key
FOR EACH ROW EXECUTE FUNCTION qc_person_key_in_hand('unverified')
--;
-- Who came by the recovery sheet hands the mark on to whomever they vouch for: the latest of the vouchers' marks.
CREATE FUNCTION qc_person_key_marked() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.by_sheet IS DISTINCT FROM (CASE WHEN EXISTS (SELECT 1 FROM line_signer WHERE seq = NEW.from_seq AND person = 'recovery')
        THEN (SELECT at FROM line WHERE seq = NEW.from_seq)
        ELSE (SELECT max(k.by_sheet) FROM act_signer s JOIN person_key k ON k.person = s.person
            WHERE s.seq = NEW.from_seq AND s.person IS DISTINCT FROM NEW.person) END) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER person_key_marked BEFORE INSERT ON person_key
FOR EACH ROW EXECUTE FUNCTION qc_person_key_marked('unverified')
--;
CREATE FUNCTION qc_person_key_one_at_a_time() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM person_key WHERE person IS NOT DISTINCT FROM NEW.person AND until_seq IS NULL) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER person_key_one_at_a_time BEFORE INSERT ON person_key
FOR EACH ROW EXECUTE FUNCTION qc_person_key_one_at_a_time('append-only')
--;
DROP TRIGGER person_key_ends_once ON person_key
--;
DROP FUNCTION IF EXISTS qc_person_key_ends_once()
--;
CREATE FUNCTION qc_person_key_ends_once() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF OLD.until_seq IS NOT NULL AND (NEW.until_seq IS DISTINCT FROM OLD.until_seq OR NEW.ended IS DISTINCT FROM OLD.ended) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER person_key_ends_once BEFORE UPDATE ON person_key
FOR EACH ROW EXECUTE FUNCTION qc_person_key_ends_once('append-only')
--;
CREATE FUNCTION qc_person_key_ends_by_two() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF (NEW.until_seq IS DISTINCT FROM OLD.until_seq OR NEW.ended IS DISTINCT FROM OLD.ended OR NEW.suspect_from IS DISTINCT FROM OLD.suspect_from)
    AND NOT EXISTS (SELECT 1 FROM people_act WHERE seq = (SELECT max(seq) FROM line) AND concerned IS NOT DISTINCT FROM OLD.person
    AND type IN ('key.revoked', 'key.enrolled', 'key.changed')
    AND (((others >= 2 OR (sheet = 1 AND others >= 1)) AND type <> 'key.changed') OR (type IN ('key.revoked', 'key.changed') AND person IS NOT DISTINCT FROM OLD.person))) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER person_key_ends_by_two BEFORE UPDATE ON person_key
FOR EACH ROW EXECUTE FUNCTION qc_person_key_ends_by_two('two-needed')
--;
CREATE FUNCTION qc_person_key_stays_suspect() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.by_sheet IS DISTINCT FROM OLD.by_sheet OR (OLD.suspect_from IS NOT NULL
    AND (NEW.suspect_from IS NULL OR NEW.suspect_from > OLD.suspect_from)) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER person_key_stays_suspect BEFORE UPDATE ON person_key
FOR EACH ROW EXECUTE FUNCTION qc_person_key_stays_suspect('append-only')
--;
DROP TRIGGER person_status_by_event ON person
--;
DROP FUNCTION IF EXISTS qc_person_status_by_event()
--;
CREATE FUNCTION qc_person_status_by_event() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.status IS DISTINCT FROM OLD.status AND NOT EXISTS (SELECT 1 FROM people_act WHERE seq = (SELECT max(seq) FROM line) AND concerned IS NOT DISTINCT FROM NEW.id
    AND ((NEW.status = 'suspended' AND OLD.status = 'active' AND type = 'person.suspended' AND by_administrator = 1)
        OR (NEW.status = 'active' AND OLD.status = 'suspended' AND type = 'person.lifted' AND ((others >= 2 AND administrators >= 1) OR (sheet = 1 AND others >= 1)))
        OR (NEW.status = 'active' AND OLD.status = 'listed' AND type = 'person.enrolled' AND ((others >= 2 AND administrators >= 1) OR (sheet = 1 AND others >= 1))))) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER person_status_by_event BEFORE UPDATE ON person
FOR EACH ROW EXECUTE FUNCTION qc_person_status_by_event('grant-alone')
--;
CREATE FUNCTION qc_person_name_by_two() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF (NEW.name IS DISTINCT FROM OLD.name OR NEW.login IS DISTINCT FROM OLD.login OR NEW.staff IS DISTINCT FROM OLD.staff)
    AND NOT EXISTS (SELECT 1 FROM people_act WHERE seq = (SELECT max(seq) FROM line) AND concerned IS NOT DISTINCT FROM NEW.id
    AND ((type = 'person.renamed' AND signers >= 2 AND administrators >= 1 AND NEW.login IS NOT DISTINCT FROM OLD.login AND NEW.staff IS NOT DISTINCT FROM OLD.staff)
        OR (type = 'person.enrolled' AND OLD.status = 'listed' AND ((others >= 2 AND administrators >= 1) OR (sheet = 1 AND others >= 1))))) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER person_name_by_two BEFORE UPDATE ON person
FOR EACH ROW EXECUTE FUNCTION qc_person_name_by_two('grant-alone')
--;
CREATE FUNCTION qc_recovery_sheet_by_its_event() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.from_seq IS DISTINCT FROM (SELECT max(seq) FROM line) OR NEW.until_seq IS NOT NULL OR NOT EXISTS (
    SELECT 1 FROM event e JOIN people_act t ON t.seq = e.seq WHERE e.seq = NEW.from_seq
    AND ((t.type = 'workspace.opened' AND convert_from(e.body, 'UTF8')::jsonb #>> '{body,recovery_public_key}' IS NOT DISTINCT FROM NEW.public_key)
        OR (t.type = 'recovery.used' AND t.sheet = 1 AND convert_from(e.body, 'UTF8')::jsonb #>> '{body,public_key}' IS NOT DISTINCT FROM NEW.public_key))) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER recovery_sheet_by_its_event BEFORE INSERT ON recovery_sheet
FOR EACH ROW EXECUTE FUNCTION qc_recovery_sheet_by_its_event('unverified')
--;
CREATE FUNCTION qc_recovery_sheet_ends_once() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.from_seq IS DISTINCT FROM OLD.from_seq OR OLD.until_seq IS NOT NULL OR NEW.until_seq IS DISTINCT FROM (SELECT max(seq) FROM line)
    OR NOT EXISTS (SELECT 1 FROM people_act WHERE seq = (SELECT max(seq) FROM line) AND type = 'recovery.used' AND sheet = 1) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER recovery_sheet_ends_once BEFORE UPDATE ON recovery_sheet
FOR EACH ROW EXECUTE FUNCTION qc_recovery_sheet_ends_once('unverified')
--;
CREATE FUNCTION qc_recovery_sheet_one_at_a_time() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM recovery_sheet WHERE until_seq IS NULL) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER recovery_sheet_one_at_a_time BEFORE INSERT ON recovery_sheet
FOR EACH ROW EXECUTE FUNCTION qc_recovery_sheet_one_at_a_time('append-only')
--;
CREATE FUNCTION qc_namesake_by_its_event() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.seq IS DISTINCT FROM (SELECT max(seq) FROM line) OR NOT EXISTS (SELECT 1 FROM people_act WHERE seq = NEW.seq AND concerned IS NOT DISTINCT FROM NEW.person
    AND type IN ('person.enrolled', 'person.renamed')) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER namesake_by_its_event BEFORE INSERT ON namesake
FOR EACH ROW EXECUTE FUNCTION qc_namesake_by_its_event('unverified')
--;
CREATE FUNCTION qc_namesake_by_its_event_again() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.seq IS DISTINCT FROM (SELECT max(seq) FROM line) OR NOT EXISTS (SELECT 1 FROM people_act WHERE seq = NEW.seq AND concerned IS NOT DISTINCT FROM NEW.person
    AND type IN ('person.enrolled', 'person.renamed')) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER namesake_by_its_event_again BEFORE UPDATE ON namesake
FOR EACH ROW EXECUTE FUNCTION qc_namesake_by_its_event_again('unverified')
--;
DROP TRIGGER sign_off_role ON sign_off
--;
DROP FUNCTION IF EXISTS qc_sign_off_role()
--;
CREATE FUNCTION qc_sign_off_role() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM role_grant r JOIN person p ON p.id = r.person WHERE r.person = NEW.person AND p.status = 'active'
    AND r.role = CASE NEW.place WHEN 'third' THEN 'arbiter' WHEN 'release' THEN 'releaser' ELSE 'inspector' END
    AND (r.until IS NULL OR r.until >= (SELECT to_char(to_timestamp(at / 1000000 - 86400) AT TIME ZONE 'UTC', 'YYYY-MM-DD') FROM line WHERE seq = NEW.seq))
    AND (r.families = '[]' OR EXISTS (SELECT 1 FROM jsonb_array_elements_text(r.families::jsonb) AS one(value) WHERE value IS NOT DISTINCT FROM (
        SELECT g.family FROM batch b JOIN product g ON g.id = b.product WHERE b.id = NEW.batch)))) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER sign_off_role BEFORE INSERT ON sign_off
FOR EACH ROW EXECUTE FUNCTION qc_sign_off_role('role')
--;
CREATE FUNCTION qc_sign_off_release_suspect() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.place IS NOT DISTINCT FROM 'release' AND EXISTS (SELECT 1 FROM sign_off s JOIN person_key k ON k.key = s.key
    WHERE s.round = NEW.round AND k.suspect_from <= s.seq) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER sign_off_release_suspect BEFORE INSERT ON sign_off
FOR EACH ROW EXECUTE FUNCTION qc_sign_off_release_suspect('suspect')
--;
-- Whoever decided may take that back too: then nothing of the round is settled.
CREATE OR REPLACE FUNCTION qc_sign_off_release_accepted() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.place IS NOT DISTINCT FROM 'release' AND NOT (
        (SELECT count(*) FROM sign_off WHERE round = NEW.round AND place IN ('first', 'second')) = 2
        AND NOT EXISTS (SELECT 1 FROM sign_off WHERE round = NEW.round AND standing IS DISTINCT FROM 1)
        AND (SELECT coalesce((SELECT outcome FROM decision WHERE round = NEW.round),
            (SELECT outcome FROM comparison WHERE round = NEW.round))) IS NOT DISTINCT FROM 'accepted'
        AND (SELECT state FROM batch WHERE id = NEW.batch) IS NOT DISTINCT FROM 'accepted'
        AND (SELECT round FROM batch WHERE id = NEW.batch) IS NOT DISTINCT FROM NEW.round) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
-- What an event speaks of is there, and its signer's to speak of: nothing else would touch a table, and so be refused.
CREATE FUNCTION qc_line_of_a_badge_that_stands() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.type IS NOT DISTINCT FROM 'badge.stopped' AND NOT EXISTS (SELECT 1 FROM event e JOIN badge b ON b.id = convert_from(e.body, 'UTF8')::jsonb #>> '{body,badge}'
    WHERE e.seq IS NOT DISTINCT FROM NEW.seq AND b.person IS NOT DISTINCT FROM convert_from(e.body, 'UTF8')::jsonb #>> '{body,person}' AND b.stopped IS NULL) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER line_of_a_badge_that_stands BEFORE INSERT ON line
FOR EACH ROW EXECUTE FUNCTION qc_line_of_a_badge_that_stands('unverified')
--;
CREATE FUNCTION qc_line_of_a_lock_that_stands() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.type IS NOT DISTINCT FROM 'person.unlocked' AND NOT EXISTS (SELECT 1 FROM event e JOIN person_lock k ON k.seq::text = convert_from(e.body, 'UTF8')::jsonb #>> '{body,lock}'
    WHERE e.seq IS NOT DISTINCT FROM NEW.seq AND k.person IS NOT DISTINCT FROM convert_from(e.body, 'UTF8')::jsonb #>> '{body,person}' AND k.unlocked IS NULL) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER line_of_a_lock_that_stands BEFORE INSERT ON line
FOR EACH ROW EXECUTE FUNCTION qc_line_of_a_lock_that_stands('unverified')
--;
CREATE FUNCTION qc_line_of_the_own_secret() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.type IS NOT DISTINCT FROM 'secret.changed' AND NOT EXISTS (SELECT 1 FROM event e JOIN person_key k ON k.key = convert_from(e.body, 'UTF8')::jsonb #>> '{body,key}'
    WHERE e.seq IS NOT DISTINCT FROM NEW.seq AND NEW.person IS NOT DISTINCT FROM convert_from(e.body, 'UTF8')::jsonb #>> '{body,person}' AND k.person IS NOT DISTINCT FROM NEW.person AND k.until_seq IS NULL) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER line_of_the_own_secret BEFORE INSERT ON line
FOR EACH ROW EXECUTE FUNCTION qc_line_of_the_own_secret('unverified')
--;
CREATE FUNCTION qc_line_of_the_own_session() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.type IS NOT DISTINCT FROM 'session.closed' AND NOT EXISTS (SELECT 1 FROM event e WHERE e.seq IS NOT DISTINCT FROM NEW.seq AND convert_from(e.body, 'UTF8')::jsonb #>> '{body,session}' IS NOT DISTINCT FROM NEW.session) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER line_of_the_own_session BEFORE INSERT ON line
FOR EACH ROW EXECUTE FUNCTION qc_line_of_the_own_session('unverified')
--;
CREATE FUNCTION qc_line_of_anothers_concern() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.type IS NOT DISTINCT FROM 'concern.explained' AND NOT EXISTS (SELECT 1 FROM event e JOIN able_person a ON a.id = NEW.person
    WHERE e.seq IS NOT DISTINCT FROM NEW.seq AND a.administrator = 1 AND NEW.person IS DISTINCT FROM convert_from(e.body, 'UTF8')::jsonb #>> '{body,person}') THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER line_of_anothers_concern BEFORE INSERT ON line
FOR EACH ROW EXECUTE FUNCTION qc_line_of_anothers_concern('own-concern')
--;
-- Two people, the recovery sheet, keys that end: until here.
