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
-- Every number that a batch ever had, by the event that gave it.
CREATE TABLE batch_number (
    seq INTEGER NOT NULL REFERENCES event (seq),
    batch TEXT NOT NULL,
    number TEXT NOT NULL,
    PRIMARY KEY (seq)
) STRICT
--;
CREATE INDEX batch_number_of_batch ON batch_number (batch)
--;
CREATE INDEX batch_number_had ON batch_number (number)
--;
INSERT INTO batch_number (seq, batch, number)
SELECT l.seq, l.batch, json_extract(CAST(e.body AS TEXT), '$.body.number') FROM line l JOIN event e ON e.seq = l.seq WHERE l.type = 'batch.saved'
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
-- What the second person opened of the first check, and said of it: the later row of a claim counts.
CREATE TABLE reviewed (
    checking TEXT NOT NULL REFERENCES checking (id),
    claim TEXT NOT NULL,
    unit INTEGER NOT NULL,
    code TEXT NOT NULL,
    defect_class TEXT NOT NULL,
    count INTEGER NOT NULL,
    agrees INTEGER NOT NULL,
    note TEXT NOT NULL,
    seq INTEGER NOT NULL REFERENCES event (seq),
    PRIMARY KEY (checking, claim, seq)
) STRICT
--;
-- Each second check, and each claim of the signed first that it is to open.
CREATE VIEW claim_to_review AS
    SELECT c.id AS checking, f.id AS claim, f.unit AS unit, f.code AS code, f.defect_class AS defect_class, f.count AS count
    FROM checking c JOIN checking o ON o.round = c.round AND o.place = 'first' AND o.state = 'signed'
        JOIN round r ON r.id = c.round JOIN json_each(r.opened, '$.procedure.content.characteristics') one
        JOIN finding f ON f.checking = o.id AND f.code = json_extract(one.value, '$.code')
    WHERE c.place = 'second' AND json_extract(one.value, '$.mode') = 'review' AND f.withdrawn IS NULL
    UNION ALL
    SELECT c.id, m.id, m.unit, m.characteristic, m.defect_class, 1
    FROM checking c JOIN checking o ON o.round = c.round AND o.place = 'first' AND o.state = 'signed'
        JOIN round r ON r.id = c.round JOIN json_each(r.opened, '$.procedure.content.characteristics') one
        JOIN reading m ON m.checking = o.id AND m.characteristic = json_extract(one.value, '$.code')
    WHERE c.place = 'second' AND json_extract(one.value, '$.mode') = 'review' AND m.inside = 0 AND m.replaced = 0
--;
CREATE TRIGGER reviewed_open BEFORE INSERT ON reviewed
WHEN (SELECT state FROM checking WHERE id IS NEW.checking) IS NOT 'open'
BEGIN SELECT RAISE(ABORT, 'rule:check-closed'); END
--;
CREATE TRIGGER reviewed_own BEFORE INSERT ON reviewed
WHEN (SELECT person FROM checking WHERE id IS NEW.checking) IS NOT (SELECT person FROM line WHERE seq IS NEW.seq)
BEGIN SELECT RAISE(ABORT, 'rule:not-your-check'); END
--;
CREATE TRIGGER reviewed_of_first BEFORE INSERT ON reviewed
WHEN NOT EXISTS (SELECT 1 FROM claim_to_review WHERE checking IS NEW.checking AND claim IS NEW.claim AND unit IS NEW.unit
    AND code IS NEW.code AND defect_class IS NEW.defect_class AND count IS NEW.count)
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
CREATE TRIGGER sign_off_reviewed BEFORE INSERT ON sign_off
WHEN EXISTS (SELECT 1 FROM claim_to_review t WHERE t.checking IS NEW.checking
    AND NOT EXISTS (SELECT 1 FROM reviewed r WHERE r.checking IS NEW.checking AND r.claim IS t.claim))
BEGIN SELECT RAISE(ABORT, 'rule:not-reviewed'); END
--;
-- Every sample number that a second check may say something of: of what is split it has a sample of its own.
CREATE VIEW unit_of_second AS
    SELECT c.id AS checking, s.key + 1 AS unit
    FROM checking c JOIN round r ON r.id = c.round JOIN json_each(r.opened, '$.sample') s
    WHERE s.key >= json_extract(r.opened, '$.plan.n')
        OR EXISTS (SELECT 1 FROM json_each(r.opened, '$.procedure.content.characteristics') one
            WHERE coalesce(json_extract(one.value, '$.mode'), 'blind') <> 'split')
        OR (coalesce(json_array_length(r.opened, '$.procedure.content.defects'), 0) > 0
            AND coalesce(json_extract(r.opened, '$.procedure.content.defects_mode'), 'blind') <> 'split')
    UNION ALL
    SELECT c.id, o.value FROM checking c JOIN round r ON r.id = c.round JOIN json_each(r.opened, '$.overlap') o
    UNION ALL
    SELECT c.id, json_array_length(r.opened, '$.sample') + f.key + 1
    FROM checking c JOIN round r ON r.id = c.round JOIN json_each(r.opened, '$.fresh') f
--;
CREATE TRIGGER sign_off_own_sample BEFORE INSERT ON sign_off
WHEN EXISTS (SELECT 1 FROM (SELECT unit FROM unit_result WHERE checking IS NEW.checking
        UNION ALL SELECT unit FROM finding WHERE checking IS NEW.checking
        UNION ALL SELECT unit FROM reading WHERE checking IS NEW.checking) e
    WHERE CASE (SELECT place FROM checking WHERE id IS NEW.checking)
        WHEN 'second' THEN e.unit NOT IN (SELECT unit FROM unit_of_second WHERE checking IS NEW.checking)
        ELSE e.unit NOT BETWEEN 1 AND (SELECT json_array_length(r.opened, '$.sample')
            FROM checking c JOIN round r ON r.id = c.round WHERE c.id IS NEW.checking) END)
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
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
-- Two releasers let go; what a retracted check had stopped goes to rework, or a third person orders a new round.
CREATE TRIGGER hold_lifted_by_two BEFORE UPDATE ON hold
WHEN NEW.lifted IS NOT OLD.lifted AND (OLD.lifted IS NOT NULL OR NEW.lifted IS NOT (SELECT max(seq) FROM line) OR NOT EXISTS (
    SELECT 1 FROM line l WHERE l.seq = NEW.lifted AND l.batch = NEW.batch
    AND ((l.type = 'batch.lifted' AND (SELECT count(*) FROM act_signer s JOIN role_grant g ON g.person = s.person
            WHERE s.seq = l.seq AND g.role = 'releaser') >= 2)
        OR (l.type IN ('batch.reworked', 'round.ordered')
            AND EXISTS (SELECT 1 FROM line WHERE seq = NEW.seq AND type = 'check.retracted')))))
BEGIN SELECT RAISE(ABORT, 'rule:two-needed'); END
--;
DROP TRIGGER batch_hold_lifts
--;
-- Whatever moves a batch, it is held for as long as anything that holds it has not been lifted.
CREATE TRIGGER batch_hold_lifts BEFORE UPDATE ON batch
WHEN NEW.held IS NOT 1 AND EXISTS (SELECT 1 FROM hold WHERE batch IS NEW.id AND lifted IS NULL)
BEGIN SELECT RAISE(ABORT, 'rule:two-needed'); END
--;
DROP TRIGGER disposition_by_two
--;
CREATE TRIGGER disposition_by_two BEFORE INSERT ON disposition
WHEN NOT EXISTS (SELECT 1 FROM line_signer WHERE seq = NEW.seq AND person = NEW.confirmed_by AND person <> NEW.person)
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
-- Whoever puts down something about a batch works here: a role, or a part in it where one's own part is taken back. Reading
-- the first check early is put down of everybody, and whoever gives up a key holds what it touched. An entry has the day of its workstation, an act the day of the log.
CREATE TRIGGER line_about_batch_by_role BEFORE INSERT ON line
WHEN NEW.person IS NOT NULL AND NEW.batch IS NOT NULL AND NEW.type NOT IN ('first.seen', 'batch.quarantined')
    AND NOT EXISTS (SELECT 1 FROM role_grant g WHERE g.person IS NEW.person AND g.role IS NOT 'auditor'
        AND (g.until IS NULL OR g.until >= (SELECT date(CASE WHEN NEW.session IS NULL THEN NEW.at
            ELSE min(NEW.at, json_extract(CAST(e.body AS TEXT), '$.clock')) END / 1000000 - 86400, 'unixepoch') FROM event e WHERE e.seq IS NEW.seq)))
    AND NOT (NEW.type IN ('check.recorded', 'check.resolved', 'check.set_aside', 'check.retracted', 'round.compared', 'round.rejected_after_all', 'batch.withdrawn', 'certificate.withdrawn')
        AND (EXISTS (SELECT 1 FROM checking WHERE batch IS NEW.batch AND person IS NEW.person)
            OR EXISTS (SELECT 1 FROM sign_off WHERE batch IS NEW.batch AND person IS NEW.person)))
BEGIN SELECT RAISE(ABORT, 'rule:role'); END
--;
-- Neither void nor a check that is taken back is a way round a rejection: the next round is tightened, and what is tightened stays so.
CREATE TRIGGER batch_stays_tightened BEFORE UPDATE ON batch
WHEN NEW.next_severity IS NOT 'tightened' AND (OLD.next_severity IS 'tightened'
    OR (OLD.state IS 'rejected' AND NEW.state IS 'registered' AND (SELECT type FROM line ORDER BY seq DESC LIMIT 1) IN ('log.voided', 'check.retracted', 'round.ordered')))
BEGIN SELECT RAISE(ABORT, 'rule:state'); END
--;
CREATE TRIGGER line_quarantine_unreleased BEFORE INSERT ON line
WHEN NEW.type IS 'batch.quarantined' AND NOT EXISTS (SELECT 1 FROM batch WHERE id IS NEW.batch AND state IN ('registered', 'first_check', 'awaiting_second', 'second_check', 'accepted', 'rejected', 'disagreed'))
BEGIN SELECT RAISE(ABORT, 'rule:state'); END
--;
CREATE TRIGGER first_seen_before_compared BEFORE INSERT ON first_seen
WHEN EXISTS (SELECT 1 FROM comparison WHERE round IS NEW.round)
BEGIN SELECT RAISE(ABORT, 'rule:state'); END
--;
CREATE TRIGGER place_given_up_before_compared BEFORE INSERT ON place_given_up
WHEN EXISTS (SELECT 1 FROM comparison WHERE round IS NEW.round)
BEGIN SELECT RAISE(ABORT, 'rule:state'); END
--;
CREATE TRIGGER sign_off_procedure_allowed BEFORE INSERT ON sign_off
WHEN NEW.place IS 'release' AND EXISTS (SELECT 1 FROM procedure_stopped s JOIN round r ON r.id = NEW.round
    WHERE s.code = json_extract(r.opened, '$.procedure.code') AND s.version = json_extract(r.opened, '$.procedure.version'))
BEGIN SELECT RAISE(ABORT, 'rule:procedure-stopped'); END
--;
CREATE VIEW role_holder AS
    SELECT g.person AS person, g.role AS role, g.families AS families FROM role_grant g JOIN person p ON p.id = g.person
    WHERE p.status = 'active' AND (g.until IS NULL OR g.until >= (SELECT date(at / 1000000 - 86400, 'unixepoch') FROM line ORDER BY seq DESC LIMIT 1))
--;
CREATE VIEW planner AS
    SELECT h.person AS person, c.product AS product FROM role_holder h, (SELECT DISTINCT code AS product FROM product) c
    WHERE h.role = 'planner' AND (h.families = '[]' OR NOT EXISTS (
        SELECT 1 FROM product p WHERE p.code = c.product AND p.family NOT IN (SELECT value FROM json_each(h.families))))
--;
CREATE VIEW releaser AS
    SELECT h.person AS person, b.id AS batch FROM role_holder h, batch b JOIN product p ON p.id = b.product
    WHERE h.role = 'releaser' AND (h.families = '[]' OR p.family IN (SELECT value FROM json_each(h.families)))
--;
CREATE TRIGGER hold_lifted_by_releasers BEFORE UPDATE ON hold
WHEN (SELECT type FROM line WHERE seq = NEW.lifted) IS 'batch.lifted'
    AND (SELECT count(*) FROM act_signer s JOIN releaser r ON r.person = s.person WHERE s.seq = NEW.lifted AND r.batch = NEW.batch) < 2
BEGIN SELECT RAISE(ABORT, 'rule:two-needed'); END
--;
CREATE TRIGGER procedure_product_planner BEFORE INSERT ON procedure_product
WHEN NEW.product NOT IN (SELECT product FROM planner WHERE person = (SELECT person FROM line WHERE seq = NEW.seq))
BEGIN SELECT RAISE(ABORT, 'rule:role'); END
--;
CREATE TRIGGER procedure_version_planner BEFORE UPDATE ON procedure_version
WHEN NEW.state IS 'approved' AND EXISTS (SELECT 1 FROM procedure_product v WHERE v.code = NEW.code AND v.version = NEW.version
    AND v.product NOT IN (SELECT product FROM planner WHERE person = NEW.approved_by))
BEGIN SELECT RAISE(ABORT, 'rule:role'); END
--;
CREATE TRIGGER procedure_stopped_planner BEFORE INSERT ON procedure_stopped
WHEN EXISTS (SELECT 1 FROM procedure_product v WHERE v.code = NEW.code AND v.version = NEW.version
    AND v.product NOT IN (SELECT product FROM planner WHERE person = NEW.person))
BEGIN SELECT RAISE(ABORT, 'rule:role'); END
--;
CREATE TRIGGER procedure_grace_planner BEFORE INSERT ON procedure_grace
WHEN EXISTS (SELECT 1 FROM procedure_product v WHERE v.code = NEW.code AND v.version = NEW.version
    AND (v.product NOT IN (SELECT product FROM planner WHERE person = NEW.person)
        OR v.product NOT IN (SELECT product FROM planner WHERE person = NEW.other)))
BEGIN SELECT RAISE(ABORT, 'rule:role'); END
--;
-- What was left open when its round began anew stays as it stands.
CREATE TRIGGER checking_aside_in_its_round BEFORE UPDATE ON checking
WHEN NEW.state IS NOT OLD.state AND NEW.state IS 'set_aside'
    AND NOT EXISTS (SELECT 1 FROM batch WHERE id IS NEW.batch AND round IS NEW.round AND state IS NOT 'registered')
BEGIN SELECT RAISE(ABORT, 'rule:check-closed'); END
