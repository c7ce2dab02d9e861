-- SPDX-License-Identifier: Apache-2.0
-- Second schema, anchors, certificates, backups, SQLite: statements end with a line that holds only two dashes and a semicolon.
CREATE TABLE certificate (
    number INTEGER NOT NULL CHECK (number >= 1),
    batch TEXT NOT NULL REFERENCES batch (id),
    round TEXT NOT NULL REFERENCES round (id),
    release INTEGER NOT NULL UNIQUE REFERENCES event (seq),
    person TEXT NOT NULL REFERENCES person (id),
    key TEXT NOT NULL,
    verdict TEXT NOT NULL CHECK (verdict IN ('released', 'released_under_concession')),
    quantity INTEGER NOT NULL CHECK (quantity >= 1),
    on_day TEXT NOT NULL,
    record TEXT NOT NULL,
    code TEXT NOT NULL,
    sig TEXT NOT NULL CHECK (length(sig) = 128),
    at INTEGER NOT NULL,
    seq INTEGER NOT NULL REFERENCES event (seq),
    PRIMARY KEY (number)
) STRICT
--;
CREATE TABLE certificate_copy (
    number INTEGER NOT NULL REFERENCES certificate (number),
    copy INTEGER NOT NULL CHECK (copy >= 0),
    person TEXT NOT NULL REFERENCES person (id),
    at INTEGER NOT NULL,
    seq INTEGER NOT NULL REFERENCES event (seq),
    PRIMARY KEY (number, copy)
) STRICT
--;
CREATE TABLE certificate_withdrawn (
    number INTEGER NOT NULL REFERENCES certificate (number),
    batch TEXT NOT NULL REFERENCES batch (id),
    person TEXT NOT NULL REFERENCES person (id),
    reason TEXT NOT NULL,
    at INTEGER NOT NULL,
    seq INTEGER NOT NULL REFERENCES event (seq),
    PRIMARY KEY (number)
) STRICT
--;
CREATE INDEX certificate_of_batch ON certificate (batch)
--;
CREATE TRIGGER certificate_gapless BEFORE INSERT ON certificate
WHEN NEW.number IS NOT (SELECT coalesce(max(number), 0) + 1 FROM certificate)
BEGIN SELECT RAISE(ABORT, 'rule:certificate-number'); END
--;
CREATE TRIGGER certificate_by_its_event BEFORE INSERT ON certificate
WHEN NOT EXISTS (SELECT 1 FROM line WHERE seq IS NEW.seq AND seq IS (SELECT max(seq) FROM line)
    AND type IS 'certificate.issued' AND person IS NEW.person AND batch IS NEW.batch AND round IS NEW.round)
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
CREATE TRIGGER certificate_of_released BEFORE INSERT ON certificate
WHEN NOT EXISTS (SELECT 1 FROM batch b JOIN sign_off s ON s.round = b.round
    WHERE b.id IS NEW.batch AND b.round IS NEW.round AND b.state IS NEW.verdict AND b.released IS NEW.quantity
    AND s.place IS 'release' AND s.seq IS NEW.release AND s.record IS NEW.record)
BEGIN SELECT RAISE(ABORT, 'rule:not-released'); END
--;
CREATE TRIGGER certificate_not_held BEFORE INSERT ON certificate
WHEN (SELECT held FROM batch WHERE id IS NEW.batch) IS NOT 0
BEGIN SELECT RAISE(ABORT, 'rule:held'); END
--;
CREATE TRIGGER certificate_role BEFORE INSERT ON certificate
WHEN NOT EXISTS (SELECT 1 FROM releaser WHERE person IS NEW.person AND batch IS NEW.batch)
BEGIN SELECT RAISE(ABORT, 'rule:role'); END
--;
CREATE TRIGGER certificate_copy_gapless BEFORE INSERT ON certificate_copy
WHEN NEW.copy IS NOT (SELECT coalesce(max(copy), -1) + 1 FROM certificate_copy WHERE number IS NEW.number)
BEGIN SELECT RAISE(ABORT, 'rule:certificate-number'); END
--;
CREATE TRIGGER certificate_copy_by_its_event BEFORE INSERT ON certificate_copy
WHEN NOT EXISTS (SELECT 1 FROM line WHERE seq IS NEW.seq AND seq IS (SELECT max(seq) FROM line)
    AND type IS 'certificate.printed' AND person IS NEW.person
    AND batch IS (SELECT batch FROM certificate WHERE number IS NEW.number))
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
CREATE TRIGGER certificate_copy_stands BEFORE INSERT ON certificate_copy
WHEN EXISTS (SELECT 1 FROM certificate_withdrawn WHERE number IS NEW.number) OR NOT EXISTS (
    SELECT 1 FROM certificate c JOIN batch b ON b.id = c.batch WHERE c.number IS NEW.number AND b.state IS c.verdict AND b.round IS c.round)
BEGIN SELECT RAISE(ABORT, 'rule:certificate-withdrawn'); END
--;
CREATE TRIGGER certificate_copy_not_held BEFORE INSERT ON certificate_copy
WHEN (SELECT b.held FROM certificate c JOIN batch b ON b.id = c.batch WHERE c.number IS NEW.number) IS NOT 0
BEGIN SELECT RAISE(ABORT, 'rule:held'); END
--;
CREATE TRIGGER certificate_withdrawn_with_batch BEFORE INSERT ON certificate_withdrawn
WHEN NOT EXISTS (SELECT 1 FROM line l JOIN batch b ON b.id = l.batch JOIN certificate c ON c.batch = b.id
    WHERE l.seq IS NEW.seq AND l.seq IS (SELECT max(seq) FROM line) AND l.type IS 'certificate.withdrawn' AND l.person IS NEW.person
    AND b.id IS NEW.batch AND b.state IS 'withdrawn' AND c.number IS NEW.number)
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
-- What is certified begins no new round; where an event is void, its certificate may be the one that nobody signed.
CREATE TRIGGER batch_certified_stays BEFORE UPDATE ON batch
WHEN NEW.state IS 'registered' AND OLD.state IS NOT 'registered'
    AND EXISTS (SELECT 1 FROM certificate c WHERE c.batch IS NEW.id
        AND NOT EXISTS (SELECT 1 FROM certificate_withdrawn w WHERE w.number = c.number))
    AND (SELECT type FROM line ORDER BY seq DESC LIMIT 1) IS NOT 'log.voided'
BEGIN SELECT RAISE(ABORT, 'rule:certificate-stands'); END
