-- SPDX-License-Identifier: Apache-2.0
-- Second schema, keys, locks and the station, SQLite: statements end with a line that holds only two dashes and a semicolon.
-- Keys of workstations, failed tries, locks, changed keys and badges: begin
CREATE TABLE station_key (
    key TEXT NOT NULL CHECK (length(key) = 32),
    station TEXT NOT NULL,
    name TEXT NOT NULL,
    public_key TEXT NOT NULL CHECK (length(public_key) = 64),
    from_seq INTEGER NOT NULL REFERENCES event (seq),
    until_seq INTEGER,
    active INTEGER NOT NULL,
    PRIMARY KEY (key),
    CHECK (active IN (0, 1))
) STRICT
--;
CREATE TABLE failed_try (
    seq INTEGER NOT NULL REFERENCES event (seq),
    person TEXT NOT NULL REFERENCES person (id),
    station TEXT NOT NULL,
    at INTEGER NOT NULL,
    way TEXT NOT NULL,
    in_a_row INTEGER NOT NULL,
    start TEXT NOT NULL,
    steady INTEGER NOT NULL,
    tried INTEGER,
    PRIMARY KEY (seq),
    CHECK (way IN ('password', 'badge', 'pin')),
    CHECK (in_a_row >= 1)
) STRICT
--;
CREATE TABLE person_lock (
    seq INTEGER NOT NULL REFERENCES event (seq),
    person TEXT NOT NULL REFERENCES person (id),
    station TEXT NOT NULL,
    at INTEGER NOT NULL,
    until INTEGER NOT NULL,
    unlocked INTEGER REFERENCES event (seq),
    unlocked_by TEXT,
    PRIMARY KEY (seq)
) STRICT
--;
CREATE TABLE badge (
    id TEXT NOT NULL CHECK (length(id) = 32),
    person TEXT NOT NULL REFERENCES person (id),
    key TEXT NOT NULL REFERENCES person_key (key),
    seal TEXT NOT NULL CHECK (length(seal) = 64),
    issued INTEGER NOT NULL REFERENCES event (seq),
    stopped INTEGER,
    PRIMARY KEY (id)
) STRICT
--;
CREATE TABLE clock_jump (
    seq INTEGER NOT NULL REFERENCES event (seq),
    station TEXT NOT NULL,
    at INTEGER NOT NULL,
    ahead INTEGER NOT NULL,
    PRIMARY KEY (seq)
) STRICT
--;
CREATE TABLE sealed_badge (
    id TEXT NOT NULL PRIMARY KEY CHECK (length(id) = 32),
    person TEXT NOT NULL,
    key TEXT NOT NULL,
    public_key TEXT NOT NULL,
    sealed TEXT NOT NULL
) STRICT
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
WHEN NEW.key IS NOT OLD.key OR NEW.station IS NOT OLD.station OR NEW.name IS NOT OLD.name OR NEW.public_key IS NOT OLD.public_key OR NEW.from_seq IS NOT OLD.from_seq
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER person_lock_signed_stays BEFORE UPDATE ON person_lock
WHEN NEW.seq IS NOT OLD.seq OR NEW.person IS NOT OLD.person OR NEW.station IS NOT OLD.station OR NEW.at IS NOT OLD.at OR NEW.until IS NOT OLD.until
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER badge_signed_stays BEFORE UPDATE ON badge
WHEN NEW.id IS NOT OLD.id OR NEW.person IS NOT OLD.person OR NEW.key IS NOT OLD.key OR NEW.seal IS NOT OLD.seal OR NEW.issued IS NOT OLD.issued
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
-- A workstation's own key signs what has no person, and nothing else: see store/keys_of.py.
CREATE TRIGGER line_station_alone BEFORE INSERT ON line
WHEN (NEW.person IS NULL) IS NOT (NEW.type IN ('auth.failed', 'auth.locked', 'clock.jumped'))
    OR (NEW.person IS NULL AND (NEW.act IS NOT 0 OR NEW.session IS NOT NULL))
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
CREATE TRIGGER station_key_introduced BEFORE INSERT ON station_key
WHEN NEW.until_seq IS NOT NULL OR NEW.active IS NOT 1 OR NEW.from_seq IS NOT (SELECT max(seq) FROM line) OR NOT EXISTS (
    SELECT 1 FROM line WHERE seq IS NEW.from_seq AND type IS 'station.introduced' AND station IS NEW.station)
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
CREATE TRIGGER station_key_ends_once BEFORE UPDATE ON station_key
WHEN OLD.until_seq IS NOT NULL OR NEW.active IS NOT 0 OR NEW.until_seq IS NOT (SELECT max(seq) FROM line) OR NOT EXISTS (
    SELECT 1 FROM line WHERE seq IS NEW.until_seq AND type IS 'station.introduced' AND station IS NEW.station)
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
CREATE TRIGGER station_key_one_stands BEFORE INSERT ON station_key
WHEN EXISTS (SELECT 1 FROM station_key WHERE station IS NEW.station AND active IS 1)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER failed_try_by_its_event BEFORE INSERT ON failed_try
WHEN NEW.seq IS NOT (SELECT max(seq) FROM line) OR NOT EXISTS (
    SELECT 1 FROM line WHERE seq IS NEW.seq AND type IS 'auth.failed' AND station IS NEW.station AND at IS NEW.at)
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
CREATE TRIGGER clock_jump_by_its_event BEFORE INSERT ON clock_jump
WHEN NEW.seq IS NOT (SELECT max(seq) FROM line) OR NOT EXISTS (
    SELECT 1 FROM line WHERE seq IS NEW.seq AND type IS 'clock.jumped' AND station IS NEW.station AND at IS NEW.at)
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
CREATE TRIGGER person_lock_by_its_event BEFORE INSERT ON person_lock
WHEN NEW.unlocked IS NOT NULL OR NEW.seq IS NOT (SELECT max(seq) FROM line) OR NOT EXISTS (
    SELECT 1 FROM line WHERE seq IS NEW.seq AND type IS 'auth.locked' AND station IS NEW.station AND at IS NEW.at)
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
CREATE TRIGGER person_lock_unlocked_by_another BEFORE UPDATE ON person_lock
WHEN OLD.unlocked IS NOT NULL OR NEW.unlocked IS NOT (SELECT max(seq) FROM line) OR NOT EXISTS (
    SELECT 1 FROM line WHERE seq IS NEW.unlocked AND type IS 'person.unlocked' AND person IS NOT NEW.person AND person IS NEW.unlocked_by)
BEGIN SELECT RAISE(ABORT, 'rule:unlock-own'); END
--;
CREATE TRIGGER badge_issued_by_event BEFORE INSERT ON badge
WHEN NEW.stopped IS NOT NULL OR NEW.issued IS NOT (SELECT max(seq) FROM line)
    OR NOT EXISTS (SELECT 1 FROM line WHERE seq IS NEW.issued AND type IS 'badge.issued' AND person IS NEW.person)
    OR NOT EXISTS (SELECT 1 FROM person_key WHERE key IS NEW.key AND person IS NEW.person AND until_seq IS NULL)
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
CREATE TRIGGER badge_stops_once BEFORE UPDATE ON badge
WHEN OLD.stopped IS NOT NULL OR NEW.stopped IS NOT (SELECT max(seq) FROM line) OR NOT EXISTS (
    SELECT 1 FROM line WHERE seq IS NEW.stopped AND (type IS 'badge.stopped'
    OR (type IN ('badge.issued', 'key.changed') AND person IS NEW.person)))
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
CREATE TRIGGER sealed_badge_of_badge BEFORE INSERT ON sealed_badge
WHEN NOT EXISTS (SELECT 1 FROM badge WHERE id IS NEW.id AND person IS NEW.person AND key IS NEW.key
    AND stopped IS NULL AND issued IS (SELECT max(seq) FROM line))
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
-- A seal goes when its badge was stopped by a person's act, never before.
CREATE TRIGGER sealed_badge_no_delete BEFORE DELETE ON sealed_badge
WHEN EXISTS (SELECT 1 FROM badge WHERE id IS OLD.id AND stopped IS NULL)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
-- A seal comes with its key, and is replaced only by its person's own act in the same transaction.
CREATE TRIGGER sealed_key_of_key BEFORE INSERT ON sealed_key
WHEN NOT EXISTS (SELECT 1 FROM person_key WHERE key IS NEW.key AND person IS NEW.person AND public_key IS NEW.public_key
    AND until_seq IS NULL AND from_seq IS (SELECT max(seq) FROM line))
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
CREATE TRIGGER sealed_key_changed_by_event BEFORE UPDATE ON sealed_key
WHEN NEW.person IS NOT OLD.person OR NEW.public_key IS NOT OLD.public_key OR NOT EXISTS (
    SELECT 1 FROM line WHERE seq IS (SELECT max(seq) FROM line) AND type IS 'secret.changed' AND person IS OLD.person)
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
CREATE TRIGGER sealed_key_no_delete BEFORE DELETE ON sealed_key
WHEN EXISTS (SELECT 1 FROM person_key WHERE key IS OLD.key AND until_seq IS NULL)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
DROP TRIGGER person_key_by_enrolment
--;
-- A key comes with its person, or its person's old key signs it in.
CREATE TRIGGER person_key_by_enrolment BEFORE INSERT ON person_key
WHEN NEW.from_seq IS NOT (SELECT max(seq) FROM line) OR NOT EXISTS (
    SELECT 1 FROM line WHERE seq IS NEW.from_seq AND (type IN ('workspace.opened', 'person.enrolled')
    OR (type IS 'key.changed' AND person IS NEW.person)))
BEGIN SELECT RAISE(ABORT, 'rule:grant-alone'); END
--;
-- Keys of workstations, failed tries, locks, changed keys and badges: end
