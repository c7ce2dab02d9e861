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
WHEN EXISTS (SELECT 1 FROM station_key WHERE station IS NEW.station)
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
    SELECT 1 FROM people_act WHERE seq = NEW.unlocked AND type = 'person.unlocked' AND concerned = NEW.person
    AND person = NEW.unlocked_by AND (others >= 1 OR sheet = 1))
BEGIN SELECT RAISE(ABORT, 'rule:unlock-own'); END
--;
CREATE TRIGGER badge_issued_by_event BEFORE INSERT ON badge
WHEN NEW.stopped IS NOT NULL OR NEW.issued IS NOT (SELECT max(seq) FROM line)
    OR NOT EXISTS (SELECT 1 FROM line WHERE seq IS NEW.issued AND type IS 'badge.issued' AND person IS NEW.person)
    OR NOT EXISTS (SELECT 1 FROM act_signer WHERE seq IS NEW.issued AND person IS NOT NEW.person)
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
-- Two people, the recovery sheet, keys that end: from here to the line that says so.
ALTER TABLE person_key ADD COLUMN ended TEXT
--;
ALTER TABLE person_key ADD COLUMN suspect_from INTEGER
--;
ALTER TABLE person_key ADD COLUMN by_sheet INTEGER
--;
CREATE INDEX person_key_of_person ON person_key (person, from_seq)
--;
CREATE TABLE recovery_sheet (
    public_key TEXT NOT NULL CHECK (length(public_key) = 64),
    from_seq INTEGER NOT NULL,
    until_seq INTEGER,
    PRIMARY KEY (public_key),
    UNIQUE (from_seq)
) STRICT
--;
-- What the recovery sheet signs waits at its commit for the sheet that comes with its use, on the line behind.
CREATE TABLE line_signer (
    seq INTEGER NOT NULL REFERENCES line (seq),
    person TEXT NOT NULL,
    key TEXT NOT NULL,
    next_sheet INTEGER REFERENCES recovery_sheet (from_seq) DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (seq, key)
) STRICT
--;
CREATE TABLE namesake (
    person TEXT NOT NULL REFERENCES person (id),
    other TEXT NOT NULL REFERENCES person (id),
    seq INTEGER NOT NULL REFERENCES event (seq),
    PRIMARY KEY (person, other)
) STRICT
--;
INSERT INTO line_signer (seq, person, key)
    SELECT e.seq, json_extract(c.value, '$.person'), json_extract(c.value, '$.key')
    FROM event e, json_each(CAST(e.body AS TEXT), '$.co') c ORDER BY e.seq
--;
INSERT INTO recovery_sheet (public_key, from_seq, until_seq) SELECT recovery_key, 1, NULL FROM workspace
--;
INSERT INTO namesake (person, other, seq)
    SELECT DISTINCT json_extract(CAST(e.body AS TEXT), '$.body.person'), o.value, e.seq
    FROM line l JOIN event e ON e.seq = l.seq, json_each(CAST(e.body AS TEXT), '$.body.another_than') o
    WHERE l.type = 'person.enrolled'
--;
CREATE VIEW act_signer AS
    SELECT seq, person FROM line WHERE person IS NOT NULL
    UNION SELECT seq, person FROM line_signer WHERE person <> 'recovery'
--;
CREATE VIEW able_person AS
    SELECT p.id AS id,
        max(CASE WHEN g.role = 'administrator' THEN 1 ELSE 0 END) AS administrator,
        max(CASE WHEN g.until IS NULL OR g.until >= (SELECT date(at / 1000000 + 86400, 'unixepoch') FROM line ORDER BY seq DESC LIMIT 1) THEN 1 ELSE 0 END) AS surely,
        max(CASE WHEN g.role = 'administrator' AND (g.until IS NULL OR g.until >= (SELECT date(at / 1000000 + 86400, 'unixepoch') FROM line ORDER BY seq DESC LIMIT 1))
            THEN 1 ELSE 0 END) AS surely_administrator
    FROM person p JOIN role_grant g ON g.person = p.id
    WHERE p.status = 'active' AND g.role <> 'auditor'
        AND EXISTS (SELECT 1 FROM person_key k WHERE k.person = p.id AND k.until_seq IS NULL)
        AND (g.until IS NULL OR g.until >= (SELECT date(at / 1000000 - 86400, 'unixepoch') FROM line ORDER BY seq DESC LIMIT 1))
    GROUP BY p.id
--;
CREATE VIEW people_act AS
    SELECT l.seq AS seq, l.type AS type, l.person AS person, json_extract(CAST(e.body AS TEXT), '$.body.person') AS concerned,
        (SELECT count(*) FROM act_signer s WHERE s.seq = l.seq) AS signers,
        (SELECT count(*) FROM act_signer s WHERE s.seq = l.seq AND s.person IS NOT json_extract(CAST(e.body AS TEXT), '$.body.person')) AS others,
        (SELECT count(*) FROM act_signer s JOIN able_person a ON a.id = s.person
            WHERE s.seq = l.seq AND a.administrator = 1 AND s.person IS NOT json_extract(CAST(e.body AS TEXT), '$.body.person')) AS administrators,
        (SELECT count(*) FROM able_person a WHERE a.id = l.person AND a.administrator = 1) AS by_administrator,
        (SELECT count(*) FROM line_signer s WHERE s.seq = l.seq AND s.person = 'recovery') AS sheet
    FROM line l JOIN event e ON e.seq = l.seq
--;
CREATE TRIGGER line_signer_program_insert BEFORE INSERT ON line_signer
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER line_signer_program_update BEFORE UPDATE ON line_signer
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER line_signer_program_delete BEFORE DELETE ON line_signer
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER line_signer_no_replace BEFORE INSERT ON line_signer
WHEN EXISTS (SELECT 1 FROM line_signer WHERE seq IS NEW.seq AND key IS NEW.key)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER line_signer_no_delete BEFORE DELETE ON line_signer
WHEN 1
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER line_signer_no_update BEFORE UPDATE ON line_signer
WHEN 1
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER recovery_sheet_program_insert BEFORE INSERT ON recovery_sheet
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER recovery_sheet_program_update BEFORE UPDATE ON recovery_sheet
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER recovery_sheet_program_delete BEFORE DELETE ON recovery_sheet
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER recovery_sheet_no_replace BEFORE INSERT ON recovery_sheet
WHEN EXISTS (SELECT 1 FROM recovery_sheet WHERE public_key IS NEW.public_key) OR EXISTS (SELECT 1 FROM recovery_sheet WHERE from_seq IS NEW.from_seq)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER recovery_sheet_no_delete BEFORE DELETE ON recovery_sheet
WHEN 1
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER recovery_sheet_key_stays BEFORE UPDATE ON recovery_sheet
WHEN NEW.public_key IS NOT OLD.public_key
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER recovery_sheet_unique_stays BEFORE UPDATE ON recovery_sheet
WHEN EXISTS (SELECT 1 FROM recovery_sheet WHERE from_seq IS NEW.from_seq AND public_key IS NOT NEW.public_key)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER namesake_program_insert BEFORE INSERT ON namesake
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER namesake_program_update BEFORE UPDATE ON namesake
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER namesake_program_delete BEFORE DELETE ON namesake
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER namesake_no_replace BEFORE INSERT ON namesake
WHEN EXISTS (SELECT 1 FROM namesake WHERE person IS NEW.person AND other IS NEW.other)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER namesake_no_delete BEFORE DELETE ON namesake
WHEN 1
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER namesake_key_stays BEFORE UPDATE ON namesake
WHEN NEW.person IS NOT OLD.person OR NEW.other IS NOT OLD.other
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER line_by_active BEFORE INSERT ON line
WHEN NEW.person IS NOT NULL AND NEW.type NOT IN ('workspace.opened', 'session.closed')
    AND NOT EXISTS (SELECT 1 FROM person p JOIN person_key k ON k.person = p.id WHERE p.id = NEW.person AND p.status = 'active' AND k.until_seq IS NULL)
BEGIN SELECT RAISE(ABORT, 'rule:not-active'); END
--;
CREATE TRIGGER line_after_recovery BEFORE INSERT ON line
WHEN (CASE WHEN NEW.type = 'recovery.used' THEN 1 ELSE 0 END) <> (
    SELECT count(*) FROM line_signer s JOIN line l ON l.seq = s.seq
    WHERE s.seq = NEW.seq - 1 AND s.person = 'recovery' AND l.type <> 'recovery.used')
BEGIN SELECT RAISE(ABORT, 'rule:recovery'); END
--;
CREATE TRIGGER line_signer_by_its_event BEFORE INSERT ON line_signer
WHEN NEW.seq IS NOT (SELECT max(seq) FROM line) OR NOT EXISTS (
    SELECT 1 FROM event e, json_each(CAST(e.body AS TEXT), '$.co') c WHERE e.seq = NEW.seq
    AND json_extract(c.value, '$.person') IS NEW.person AND json_extract(c.value, '$.key') IS NEW.key)
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
CREATE TRIGGER line_signer_by_active BEFORE INSERT ON line_signer
WHEN NEW.person IS NOT 'recovery' AND NOT EXISTS (SELECT 1 FROM person p JOIN person_key k ON k.person = p.id WHERE p.id = NEW.person AND p.status = 'active' AND k.until_seq IS NULL)
    AND NOT EXISTS (SELECT 1 FROM people_act WHERE seq = NEW.seq AND (type = 'workspace.opened'
        OR (type IN ('person.enrolled', 'key.enrolled') AND concerned IS NEW.person)))
BEGIN SELECT RAISE(ABORT, 'rule:not-active'); END
--;
CREATE TRIGGER line_signer_recovery BEFORE INSERT ON line_signer
WHEN NEW.person IS 'recovery' AND NOT EXISTS (SELECT 1 FROM people_act t WHERE t.seq = NEW.seq
    AND (t.others >= 1 OR t.type = 'person.unlocked'
        OR (t.type = 'recovery.used' AND EXISTS (SELECT 1 FROM line WHERE seq = NEW.seq - 1 AND type = 'person.unlocked')))
    AND t.type IN ('person.enrolled', 'key.enrolled', 'key.revoked', 'person.unlocked', 'person.lifted', 'recovery.used')
    AND (t.type = 'recovery.used'
        OR (SELECT count(*) FROM able_person a WHERE a.surely = 1 AND a.id IS NOT t.concerned) < 2
        OR (t.type IN ('person.enrolled', 'person.lifted')
            AND NOT EXISTS (SELECT 1 FROM able_person a WHERE a.surely_administrator = 1 AND a.id IS NOT t.concerned))))
BEGIN SELECT RAISE(ABORT, 'rule:recovery'); END
--;
CREATE TRIGGER line_signer_next_sheet BEFORE INSERT ON line_signer
WHEN NEW.next_sheet IS NOT CASE WHEN NEW.person IS 'recovery'
    AND (SELECT type FROM line WHERE seq IS NEW.seq) IS NOT 'recovery.used' THEN NEW.seq + 1 END
BEGIN SELECT RAISE(ABORT, 'rule:recovery'); END
--;
DROP TRIGGER role_grant_by_two
--;
CREATE TRIGGER role_grant_by_two BEFORE INSERT ON role_grant
WHEN NEW.seq IS NOT (SELECT max(seq) FROM line) OR NOT EXISTS (SELECT 1 FROM people_act WHERE seq = NEW.seq AND (type = 'workspace.opened'
    OR (concerned IS NEW.person AND ((type = 'role.granted' AND signers >= 2 AND administrators >= 1)
        OR (type = 'person.enrolled' AND ((others >= 2 AND administrators >= 1) OR (sheet = 1 AND others >= 1)))))))
BEGIN SELECT RAISE(ABORT, 'rule:grant-alone'); END
--;
DROP TRIGGER role_grant_by_two_again
--;
CREATE TRIGGER role_grant_by_two_again BEFORE UPDATE ON role_grant
WHEN NEW.seq IS NOT (SELECT max(seq) FROM line) OR NOT EXISTS (
    SELECT 1 FROM people_act WHERE seq = NEW.seq AND concerned IS NEW.person AND (type = 'role.granted' AND signers >= 2 AND administrators >= 1))
BEGIN SELECT RAISE(ABORT, 'rule:grant-alone'); END
--;
CREATE TRIGGER role_grant_taken_by_administrator BEFORE DELETE ON role_grant
WHEN NOT EXISTS (SELECT 1 FROM people_act WHERE seq = (SELECT max(seq) FROM line) AND type = 'role.taken' AND concerned IS OLD.person
    AND by_administrator = 1)
BEGIN SELECT RAISE(ABORT, 'rule:role'); END
--;
CREATE TRIGGER role_grant_last_administrator BEFORE DELETE ON role_grant
WHEN OLD.role IS 'administrator' AND NOT EXISTS (SELECT 1 FROM able_person WHERE administrator = 1 AND id IS NOT OLD.person)
BEGIN SELECT RAISE(ABORT, 'rule:last-administrator'); END
--;
CREATE TRIGGER qualification_by_two BEFORE INSERT ON qualification
WHEN NEW.seq IS NOT (SELECT max(seq) FROM line) OR NOT EXISTS (
    SELECT 1 FROM people_act WHERE seq = NEW.seq AND concerned IS NEW.person AND type = 'qualification.granted'
    AND signers >= 2 AND administrators >= 1)
BEGIN SELECT RAISE(ABORT, 'rule:grant-alone'); END
--;
CREATE TRIGGER qualification_by_two_again BEFORE UPDATE ON qualification
WHEN NEW.seq IS NOT (SELECT max(seq) FROM line) OR NOT EXISTS (
    SELECT 1 FROM people_act WHERE seq = NEW.seq AND concerned IS NEW.person AND type = 'qualification.granted'
    AND signers >= 2 AND administrators >= 1)
BEGIN SELECT RAISE(ABORT, 'rule:grant-alone'); END
--;
CREATE TRIGGER qualification_taken_by_administrator BEFORE DELETE ON qualification
WHEN NOT EXISTS (SELECT 1 FROM people_act WHERE seq = (SELECT max(seq) FROM line) AND type = 'qualification.taken' AND concerned IS OLD.person
    AND by_administrator = 1)
BEGIN SELECT RAISE(ABORT, 'rule:role'); END
--;
DROP TRIGGER person_key_by_enrolment
--;
CREATE TRIGGER person_key_by_enrolment BEFORE INSERT ON person_key
WHEN NEW.from_seq IS NOT (SELECT max(seq) FROM line) OR NEW.until_seq IS NOT NULL OR NOT EXISTS (
    SELECT 1 FROM people_act WHERE seq = NEW.from_seq AND (type = 'workspace.opened'
    OR (concerned IS NEW.person AND ((type = 'person.enrolled' AND ((others >= 2 AND administrators >= 1) OR (sheet = 1 AND others >= 1)))
        OR (type = 'key.changed' AND person IS NEW.person)
        OR (type = 'key.enrolled' AND (others >= 2 OR (sheet = 1 AND others >= 1)))))))
BEGIN SELECT RAISE(ABORT, 'rule:grant-alone'); END
--;
CREATE TRIGGER person_key_in_hand BEFORE INSERT ON person_key
WHEN NOT EXISTS (SELECT 1 FROM line_signer WHERE seq = NEW.from_seq AND key IS NEW.key AND person IS NEW.person)
    AND NOT EXISTS (SELECT 1 FROM line WHERE seq = NEW.from_seq AND type = 'workspace.opened' AND person IS NEW.person)
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
-- Who came by the recovery sheet hands the mark on to whomever they vouch for: the latest of the vouchers' marks.
CREATE TRIGGER person_key_marked BEFORE INSERT ON person_key
WHEN NEW.by_sheet IS NOT CASE WHEN EXISTS (SELECT 1 FROM line_signer WHERE seq = NEW.from_seq AND person = 'recovery')
    THEN (SELECT at FROM line WHERE seq = NEW.from_seq)
    ELSE (SELECT max(k.by_sheet) FROM act_signer s JOIN person_key k ON k.person = s.person
        WHERE s.seq = NEW.from_seq AND s.person IS NOT NEW.person) END
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
CREATE TRIGGER person_key_one_at_a_time BEFORE INSERT ON person_key
WHEN EXISTS (SELECT 1 FROM person_key WHERE person IS NEW.person AND until_seq IS NULL)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
DROP TRIGGER person_key_ends_once
--;
CREATE TRIGGER person_key_ends_once BEFORE UPDATE ON person_key
WHEN OLD.until_seq IS NOT NULL AND (NEW.until_seq IS NOT OLD.until_seq OR NEW.ended IS NOT OLD.ended)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER person_key_ends_by_two BEFORE UPDATE ON person_key
WHEN (NEW.until_seq IS NOT OLD.until_seq OR NEW.ended IS NOT OLD.ended OR NEW.suspect_from IS NOT OLD.suspect_from)
    AND NOT EXISTS (SELECT 1 FROM people_act WHERE seq = (SELECT max(seq) FROM line) AND concerned IS OLD.person
    AND type IN ('key.revoked', 'key.enrolled', 'key.changed')
    AND (((others >= 2 OR (sheet = 1 AND others >= 1)) AND type <> 'key.changed') OR (type IN ('key.revoked', 'key.changed') AND person IS OLD.person)))
BEGIN SELECT RAISE(ABORT, 'rule:two-needed'); END
--;
CREATE TRIGGER person_key_stays_suspect BEFORE UPDATE ON person_key
WHEN NEW.by_sheet IS NOT OLD.by_sheet OR (OLD.suspect_from IS NOT NULL
    AND (NEW.suspect_from IS NULL OR NEW.suspect_from > OLD.suspect_from))
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
DROP TRIGGER person_status_by_event
--;
CREATE TRIGGER person_status_by_event BEFORE UPDATE ON person
WHEN NEW.status IS NOT OLD.status AND NOT EXISTS (SELECT 1 FROM people_act WHERE seq = (SELECT max(seq) FROM line) AND concerned IS NEW.id
    AND ((NEW.status = 'suspended' AND OLD.status = 'active' AND type = 'person.suspended' AND by_administrator = 1)
        OR (NEW.status = 'active' AND OLD.status = 'suspended' AND type = 'person.lifted' AND ((others >= 2 AND administrators >= 1) OR (sheet = 1 AND others >= 1)))
        OR (NEW.status = 'active' AND OLD.status = 'listed' AND type = 'person.enrolled' AND ((others >= 2 AND administrators >= 1) OR (sheet = 1 AND others >= 1)))))
BEGIN SELECT RAISE(ABORT, 'rule:grant-alone'); END
--;
CREATE TRIGGER person_name_by_two BEFORE UPDATE ON person
WHEN (NEW.name IS NOT OLD.name OR NEW.login IS NOT OLD.login OR NEW.staff IS NOT OLD.staff)
    AND NOT EXISTS (SELECT 1 FROM people_act WHERE seq = (SELECT max(seq) FROM line) AND concerned IS NEW.id
    AND ((type = 'person.renamed' AND signers >= 2 AND administrators >= 1 AND NEW.login IS OLD.login AND NEW.staff IS OLD.staff)
        OR (type = 'person.enrolled' AND OLD.status = 'listed' AND ((others >= 2 AND administrators >= 1) OR (sheet = 1 AND others >= 1)))))
BEGIN SELECT RAISE(ABORT, 'rule:grant-alone'); END
--;
CREATE TRIGGER recovery_sheet_by_its_event BEFORE INSERT ON recovery_sheet
WHEN NEW.from_seq IS NOT (SELECT max(seq) FROM line) OR NEW.until_seq IS NOT NULL OR NOT EXISTS (
    SELECT 1 FROM event e JOIN people_act t ON t.seq = e.seq WHERE e.seq = NEW.from_seq
    AND ((t.type = 'workspace.opened' AND json_extract(CAST(e.body AS TEXT), '$.body.recovery_public_key') IS NEW.public_key)
        OR (t.type = 'recovery.used' AND t.sheet = 1 AND json_extract(CAST(e.body AS TEXT), '$.body.public_key') IS NEW.public_key)))
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
CREATE TRIGGER recovery_sheet_ends_once BEFORE UPDATE ON recovery_sheet
WHEN NEW.from_seq IS NOT OLD.from_seq OR OLD.until_seq IS NOT NULL OR NEW.until_seq IS NOT (SELECT max(seq) FROM line)
    OR NOT EXISTS (SELECT 1 FROM people_act WHERE seq = (SELECT max(seq) FROM line) AND type = 'recovery.used' AND sheet = 1)
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
CREATE TRIGGER recovery_sheet_one_at_a_time BEFORE INSERT ON recovery_sheet
WHEN EXISTS (SELECT 1 FROM recovery_sheet WHERE until_seq IS NULL)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER namesake_by_its_event BEFORE INSERT ON namesake
WHEN NEW.seq IS NOT (SELECT max(seq) FROM line) OR NOT EXISTS (SELECT 1 FROM people_act WHERE seq = NEW.seq AND concerned IS NEW.person
    AND type IN ('person.enrolled', 'person.renamed'))
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
CREATE TRIGGER namesake_by_its_event_again BEFORE UPDATE ON namesake
WHEN NEW.seq IS NOT (SELECT max(seq) FROM line) OR NOT EXISTS (SELECT 1 FROM people_act WHERE seq = NEW.seq AND concerned IS NEW.person
    AND type IN ('person.enrolled', 'person.renamed'))
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
DROP TRIGGER sign_off_role
--;
CREATE TRIGGER sign_off_role BEFORE INSERT ON sign_off
WHEN NOT EXISTS (SELECT 1 FROM role_grant r JOIN person p ON p.id = r.person WHERE r.person = NEW.person AND p.status = 'active'
    AND r.role = CASE NEW.place WHEN 'third' THEN 'arbiter' WHEN 'release' THEN 'releaser' ELSE 'inspector' END
    AND (r.until IS NULL OR r.until >= (SELECT date(at / 1000000 - 86400, 'unixepoch') FROM line WHERE seq = NEW.seq))
    AND (r.families = '[]' OR EXISTS (SELECT 1 FROM json_each(r.families) WHERE value IS (
        SELECT g.family FROM batch b JOIN product g ON g.id = b.product WHERE b.id = NEW.batch))))
BEGIN SELECT RAISE(ABORT, 'rule:role'); END
--;
CREATE TRIGGER sign_off_release_suspect BEFORE INSERT ON sign_off
WHEN NEW.place IS 'release' AND EXISTS (SELECT 1 FROM sign_off s JOIN person_key k ON k.key = s.key
    WHERE s.round = NEW.round AND k.suspect_from <= s.seq)
BEGIN SELECT RAISE(ABORT, 'rule:suspect'); END
--;
DROP TRIGGER sign_off_release_accepted
--;
-- Whoever decided may take that back too: then nothing of the round is settled.
CREATE TRIGGER sign_off_release_accepted BEFORE INSERT ON sign_off
WHEN NEW.place IS 'release' AND NOT (
    (SELECT count(*) FROM sign_off WHERE round IS NEW.round AND place IN ('first', 'second')) IS 2
    AND NOT EXISTS (SELECT 1 FROM sign_off WHERE round IS NEW.round AND standing IS NOT 1)
    AND (SELECT coalesce((SELECT outcome FROM decision WHERE round IS NEW.round),
        (SELECT outcome FROM comparison WHERE round IS NEW.round))) IS 'accepted'
    AND (SELECT state FROM batch WHERE id IS NEW.batch) IS 'accepted'
    AND (SELECT round FROM batch WHERE id IS NEW.batch) IS NEW.round)
BEGIN SELECT RAISE(ABORT, 'rule:four-eyes'); END
--;
-- What an event speaks of is there, and its signer's to speak of: nothing else would touch a table, and so be refused.
CREATE TRIGGER line_of_a_badge_that_stands BEFORE INSERT ON line
WHEN NEW.type IS 'badge.stopped' AND NOT EXISTS (SELECT 1 FROM event e JOIN badge b ON b.id = json_extract(CAST(e.body AS TEXT), '$.body.badge')
    WHERE e.seq IS NEW.seq AND b.person IS json_extract(CAST(e.body AS TEXT), '$.body.person') AND b.stopped IS NULL)
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
CREATE TRIGGER line_of_a_lock_that_stands BEFORE INSERT ON line
WHEN NEW.type IS 'person.unlocked' AND NOT EXISTS (SELECT 1 FROM event e JOIN person_lock k ON k.seq = json_extract(CAST(e.body AS TEXT), '$.body.lock')
    WHERE e.seq IS NEW.seq AND k.person IS json_extract(CAST(e.body AS TEXT), '$.body.person') AND k.unlocked IS NULL)
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
CREATE TRIGGER line_of_the_own_secret BEFORE INSERT ON line
WHEN NEW.type IS 'secret.changed' AND NOT EXISTS (SELECT 1 FROM event e JOIN person_key k ON k.key = json_extract(CAST(e.body AS TEXT), '$.body.key')
    WHERE e.seq IS NEW.seq AND NEW.person IS json_extract(CAST(e.body AS TEXT), '$.body.person') AND k.person IS NEW.person AND k.until_seq IS NULL)
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
CREATE TRIGGER line_of_the_own_session BEFORE INSERT ON line
WHEN NEW.type IS 'session.closed' AND NOT EXISTS (SELECT 1 FROM event e WHERE e.seq IS NEW.seq AND json_extract(CAST(e.body AS TEXT), '$.body.session') IS NEW.session)
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
CREATE TRIGGER line_of_anothers_concern BEFORE INSERT ON line
WHEN NEW.type IS 'concern.explained' AND NOT EXISTS (SELECT 1 FROM event e JOIN able_person a ON a.id = NEW.person
    WHERE e.seq IS NEW.seq AND a.administrator = 1 AND NEW.person IS NOT json_extract(CAST(e.body AS TEXT), '$.body.person'))
BEGIN SELECT RAISE(ABORT, 'rule:own-concern'); END
--;
-- Two people, the recovery sheet, keys that end: until here.
