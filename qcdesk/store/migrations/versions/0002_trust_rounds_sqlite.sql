-- SPDX-License-Identifier: Apache-2.0
-- Second schema, the sign-off machine, SQLite: statements end with a line that holds only two dashes and a semicolon.
CREATE TABLE shipped_unreleased (
    id TEXT NOT NULL CHECK (length(id) = 32),
    batch TEXT NOT NULL REFERENCES batch (id),
    quantity INTEGER NOT NULL,
    to_whom TEXT NOT NULL,
    on_day TEXT NOT NULL,
    document TEXT NOT NULL,
    reason TEXT NOT NULL,
    person TEXT NOT NULL,
    seq INTEGER NOT NULL REFERENCES event (seq),
    PRIMARY KEY (id),
    CHECK (quantity >= 1)
) STRICT
--;
CREATE TABLE voided (
    event_no INTEGER NOT NULL,
    hash TEXT NOT NULL,
    reason TEXT NOT NULL,
    batch TEXT,
    person TEXT NOT NULL,
    other TEXT NOT NULL,
    seq INTEGER NOT NULL REFERENCES event (seq),
    PRIMARY KEY (event_no),
    CHECK (person <> other)
) STRICT
--;
CREATE TABLE restored (
    seq INTEGER NOT NULL REFERENCES event (seq),
    lost_from INTEGER NOT NULL,
    lost_to INTEGER,
    said TEXT NOT NULL,
    person TEXT NOT NULL,
    other TEXT NOT NULL,
    PRIMARY KEY (seq),
    CHECK (person <> other)
) STRICT
--;
CREATE TABLE procedure_grace (
    seq INTEGER NOT NULL REFERENCES event (seq),
    code TEXT NOT NULL,
    version INTEGER NOT NULL,
    until TEXT NOT NULL,
    reason TEXT NOT NULL,
    person TEXT NOT NULL,
    other TEXT NOT NULL,
    PRIMARY KEY (seq),
    CHECK (person <> other)
) STRICT
--;
CREATE TABLE procedure_stopped (
    code TEXT NOT NULL,
    version INTEGER NOT NULL,
    reason TEXT NOT NULL,
    person TEXT NOT NULL,
    seq INTEGER NOT NULL REFERENCES event (seq),
    PRIMARY KEY (code, version)
) STRICT
--;
INSERT INTO procedure_stopped (code, version, reason, person, seq)
SELECT json_extract(CAST(e.body AS TEXT), '$.body.code'), json_extract(CAST(e.body AS TEXT), '$.body.version'),
    json_extract(CAST(e.body AS TEXT), '$.body.reason'), l.person, l.seq
FROM line l JOIN event e ON e.seq = l.seq WHERE l.type = 'procedure.retired'
--;
CREATE TABLE reinspection (
    round TEXT NOT NULL REFERENCES round (id),
    batch TEXT NOT NULL REFERENCES batch (id),
    code TEXT NOT NULL,
    version INTEGER NOT NULL,
    seq INTEGER NOT NULL REFERENCES event (seq),
    PRIMARY KEY (round)
) STRICT
--;
CREATE TABLE clock_correction (
    seq INTEGER NOT NULL REFERENCES event (seq),
    true_time INTEGER NOT NULL,
    said TEXT NOT NULL,
    person TEXT NOT NULL,
    other TEXT NOT NULL,
    PRIMARY KEY (seq),
    CHECK (person <> other)
) STRICT
--;
CREATE TABLE clock_behind (
    seq INTEGER NOT NULL REFERENCES event (seq),
    station TEXT NOT NULL,
    seconds INTEGER NOT NULL,
    PRIMARY KEY (seq)
) STRICT
--;
DROP TRIGGER batch_moves
--;
CREATE TRIGGER batch_moves BEFORE UPDATE ON batch
WHEN NEW.state IS NOT OLD.state AND NOT (
    (OLD.state IS 'registered' AND NEW.state IN ('first_check', 'cancelled'))
    OR (OLD.state IS 'first_check' AND NEW.state IN ('awaiting_second'))
    OR (OLD.state IS 'awaiting_second' AND NEW.state IN ('second_check', 'registered'))
    OR (OLD.state IS 'second_check' AND NEW.state IN ('awaiting_second', 'accepted', 'rejected', 'disagreed', 'registered'))
    OR (OLD.state IS 'accepted' AND NEW.state IN ('released', 'registered'))
    OR (OLD.state IS 'rejected' AND NEW.state IN ('registered'))
    OR (OLD.state IS 'disagreed' AND NEW.state IN ('accepted', 'rejected', 'registered'))
    OR (OLD.state IS 'released' AND NEW.state IN ('withdrawn'))
    OR (OLD.state IS 'released_under_concession' AND NEW.state IN ('withdrawn'))
    OR (NEW.state IS 'registered' AND EXISTS (SELECT 1 FROM line WHERE seq IS (SELECT max(seq) FROM line) AND type IN ('log.voided') AND batch IS NEW.id))
    OR (NEW.state IS 'registered' AND OLD.state IN ('first_check', 'released', 'withdrawn') AND EXISTS (SELECT 1 FROM line WHERE seq IS (SELECT max(seq) FROM line) AND type IN ('batch.reworked') AND batch IS NEW.id))
    OR (NEW.state IS 'registered' AND OLD.state IS 'first_check' AND EXISTS (SELECT 1 FROM reinspection
        WHERE seq IS (SELECT max(seq) FROM line) AND batch IS NEW.id))
    OR (OLD.state IS 'rejected' AND NEW.state IN ('returned', 'scrapped') AND EXISTS (SELECT 1 FROM disposition WHERE seq IS (SELECT max(seq) FROM line)
        AND batch IS NEW.id AND kind IS CASE NEW.state WHEN 'returned' THEN 'return' ELSE 'scrap' END))
    OR (OLD.state IS 'rejected' AND NEW.state IS 'released_under_concession' AND EXISTS (SELECT 1 FROM line WHERE seq IS (SELECT max(seq) FROM line) AND type IN ('batch.conceded') AND batch IS NEW.id)))
BEGIN SELECT RAISE(ABORT, 'rule:state'); END
--;
DROP TRIGGER hold_lifted_by_two
--;
CREATE TRIGGER hold_lifted_by_two BEFORE UPDATE ON hold
WHEN NEW.lifted IS NOT OLD.lifted AND (OLD.lifted IS NOT NULL OR NEW.lifted IS NOT (SELECT max(seq) FROM line) OR NOT EXISTS (
    SELECT 1 FROM line WHERE seq IS NEW.lifted AND type IN ('batch.lifted', 'batch.reworked', 'round.ordered') AND batch IS NEW.batch))
BEGIN SELECT RAISE(ABORT, 'rule:two-needed'); END
--;
CREATE TRIGGER shipped_unreleased_not_more BEFORE INSERT ON shipped_unreleased
WHEN NEW.quantity + (SELECT coalesce(sum(quantity), 0) FROM shipped_unreleased WHERE batch IS NEW.batch)
    + (SELECT shipped FROM batch WHERE id IS NEW.batch) > (SELECT quantity FROM batch WHERE id IS NEW.batch)
BEGIN SELECT RAISE(ABORT, 'rule:more-than-released'); END
--;
CREATE TRIGGER voided_by_its_event BEFORE INSERT ON voided
WHEN NEW.seq IS NOT (SELECT max(seq) FROM line) OR NOT EXISTS (SELECT 1 FROM line WHERE seq IS NEW.seq AND type IS 'log.voided' AND person IS NEW.person)
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
CREATE TRIGGER restored_by_its_event BEFORE INSERT ON restored
WHEN NEW.seq IS NOT (SELECT max(seq) FROM line) OR NOT EXISTS (SELECT 1 FROM line WHERE seq IS NEW.seq AND type IS 'workspace.restored' AND person IS NEW.person)
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
CREATE TRIGGER procedure_grace_by_its_event BEFORE INSERT ON procedure_grace
WHEN NEW.seq IS NOT (SELECT max(seq) FROM line) OR NOT EXISTS (SELECT 1 FROM line WHERE seq IS NEW.seq AND type IS 'procedure.grace' AND person IS NEW.person)
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
CREATE TRIGGER procedure_stopped_by_its_event BEFORE INSERT ON procedure_stopped
WHEN NEW.seq IS NOT (SELECT max(seq) FROM line) OR NOT EXISTS (SELECT 1 FROM line WHERE seq IS NEW.seq AND type IS 'procedure.retired' AND person IS NEW.person)
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
CREATE TRIGGER clock_correction_by_its_event BEFORE INSERT ON clock_correction
WHEN NEW.seq IS NOT (SELECT max(seq) FROM line) OR NOT EXISTS (SELECT 1 FROM line WHERE seq IS NEW.seq AND type IS 'clock.corrected' AND person IS NEW.person)
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
CREATE TRIGGER reinspection_by_its_event BEFORE INSERT ON reinspection
WHEN NEW.seq IS NOT (SELECT max(seq) FROM line) OR NOT EXISTS (SELECT 1 FROM line WHERE seq IS NEW.seq AND type IS 'procedure.approved')
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
CREATE TRIGGER line_time_forward BEFORE INSERT ON line
WHEN NEW.at < (SELECT at FROM line ORDER BY seq DESC LIMIT 1) AND NEW.type IS NOT 'clock.corrected'
BEGIN SELECT RAISE(ABORT, 'rule:clock'); END
--;
CREATE TRIGGER sign_off_procedure_allowed BEFORE INSERT ON sign_off
WHEN NEW.place IS 'release' AND EXISTS (SELECT 1 FROM procedure_stopped s JOIN round r ON r.id = NEW.round
    WHERE s.code = json_extract(r.opened, '$.procedure.code') AND s.version = json_extract(r.opened, '$.procedure.version'))
BEGIN SELECT RAISE(ABORT, 'rule:procedure-stopped'); END
