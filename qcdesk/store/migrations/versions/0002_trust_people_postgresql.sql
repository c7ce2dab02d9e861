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
    IF EXISTS (SELECT 1 FROM station_key WHERE station = NEW.station AND active = 1) THEN
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
        SELECT 1 FROM line WHERE seq = NEW.unlocked AND type = 'person.unlocked' AND person IS DISTINCT FROM NEW.person AND person = NEW.unlocked_by) THEN
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
