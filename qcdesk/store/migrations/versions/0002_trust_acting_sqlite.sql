-- SPDX-License-Identifier: Apache-2.0
-- Second schema, who may do what, SQLite: statements end with a line that holds only two dashes and a semicolon.
-- Who holds which role. An entry under a clock that another station's future time has left behind counts by its own clock.
CREATE VIEW standing_role AS
    SELECT g.person AS person, g.role AS role, g.families AS families FROM role_grant g JOIN person p ON p.id = g.person
    WHERE p.status = 'active' AND (g.until IS NULL OR g.until >= (SELECT date(min(json_extract(said, '$.at'), json_extract(said, '$.clock')) / 1000000 - 86400, 'unixepoch')
        FROM (SELECT CAST(body AS TEXT) AS said FROM event ORDER BY seq DESC LIMIT 1)))
--;
-- Who does more than read.
CREATE VIEW worker AS
    SELECT DISTINCT person FROM standing_role WHERE role <> 'auditor'
--;
-- Who signed an act and does more than read.
CREATE VIEW act_worker AS
    SELECT seq, person FROM act_signer WHERE person IN (SELECT person FROM worker)
--;
-- Who holds which role for the goods of a batch.
CREATE VIEW role_for_batch AS
    SELECT h.person AS person, h.role AS role, b.id AS batch FROM standing_role h, batch b JOIN product p ON p.id = b.product
    WHERE h.families = '[]' OR p.family IN (SELECT value FROM json_each(h.families))
--;
-- Whom a round's procedure asks for a qualification that they have not.
CREATE VIEW unqualified AS
    SELECT r.id AS round, p.id AS person FROM round r, person p
    WHERE json_extract(r.opened, '$.procedure.content.qualification_required') IS 1 AND NOT EXISTS (SELECT 1 FROM qualification q WHERE q.person = p.id AND q.procedure = json_extract(r.opened, '$.procedure.code')
        AND (q.until IS NULL OR q.until >= (SELECT date(at / 1000000 - 86400, 'unixepoch') FROM line ORDER BY seq DESC LIMIT 1)))
--;
-- Who could still make the second check of a round: whoever neither signed, made nor knows anything of it.
CREATE VIEW possible_second AS
    SELECT r.id AS round, h.person AS person FROM round r JOIN role_for_batch h ON h.batch = r.batch
    WHERE h.role = 'inspector'
        AND NOT EXISTS (SELECT 1 FROM unqualified u WHERE u.round = r.id AND u.person = h.person)
        AND NOT EXISTS (SELECT 1 FROM checking c WHERE c.round = r.id AND c.person = h.person AND c.state IN ('open', 'signed'))
        AND NOT EXISTS (SELECT 1 FROM batch_maker m WHERE m.batch = r.batch AND m.person = h.person)
        AND NOT EXISTS (SELECT 1 FROM batch_reworker w WHERE w.batch = r.batch AND w.person = h.person)
        AND NOT EXISTS (SELECT 1 FROM place_given_up g WHERE g.round = r.id AND g.person = h.person)
        AND NOT EXISTS (SELECT 1 FROM first_seen f WHERE f.round = r.id AND f.person = h.person)
--;
-- Two people sign these, and both do more than read.
CREATE TRIGGER clock_correction_by_two BEFORE INSERT ON clock_correction
WHEN (SELECT count(*) FROM act_worker WHERE seq = NEW.seq) < 2
BEGIN SELECT RAISE(ABORT, 'rule:two-needed'); END
--;
CREATE TRIGGER restored_by_two BEFORE INSERT ON restored
WHEN (SELECT count(*) FROM act_worker WHERE seq = NEW.seq) < 2
BEGIN SELECT RAISE(ABORT, 'rule:two-needed'); END
--;
CREATE TRIGGER voided_by_two BEFORE INSERT ON voided
WHEN (SELECT count(*) FROM act_worker WHERE seq = NEW.seq) < 2
BEGIN SELECT RAISE(ABORT, 'rule:two-needed'); END
--;
CREATE TRIGGER disposition_by_workers BEFORE INSERT ON disposition
WHEN (SELECT count(*) FROM act_worker WHERE seq = NEW.seq) < 2
BEGIN SELECT RAISE(ABORT, 'rule:two-needed'); END
--;
-- One of the two who sign what was lost administrates.
CREATE TRIGGER restored_by_administrator BEFORE INSERT ON restored
WHEN NOT EXISTS (SELECT 1 FROM act_signer s JOIN standing_role h ON h.person = s.person WHERE s.seq = NEW.seq AND h.role = 'administrator')
BEGIN SELECT RAISE(ABORT, 'rule:role'); END
--;
-- What is declared void takes no other batch along.
CREATE TRIGGER voided_names_its_batch BEFORE INSERT ON voided
WHEN NEW.batch IS NOT NULL AND NEW.batch IS NOT (SELECT batch FROM line WHERE seq = NEW.event_no)
    AND NOT EXISTS (SELECT 1 FROM event WHERE seq = NEW.event_no AND instr(CAST(body AS TEXT), '"batch":"' || NEW.batch || '"') > 0)
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
-- No batch begins anew for a line that no release rests on, such as a note that anybody could forge.
CREATE TRIGGER voided_begins_anew BEFORE INSERT ON voided
WHEN NEW.batch IS NOT NULL AND EXISTS (SELECT 1 FROM line WHERE seq = NEW.event_no AND type NOT IN ('round.opened', 'check.started', 'check.recorded', 'check.resolved', 'check.set_aside', 'check.signed', 'check.retracted', 'round.compared', 'round.decided', 'round.rejected_after_all', 'round.again', 'round.ordered', 'place.given_up', 'first.seen', 'batch.released', 'batch.saved', 'batch.lifted', 'batch.disposed', 'batch.reworked', 'round.reopened', 'certificate.issued'))
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
-- A batch begins anew by an act that says so, signed by those who may.
CREATE TRIGGER batch_anew_by_event BEFORE UPDATE ON batch
WHEN NEW.state IS 'registered' AND OLD.state IS NOT 'registered' AND NOT EXISTS (SELECT 1 FROM line l WHERE l.seq = (SELECT max(seq) FROM line)
    AND ((l.batch = NEW.id AND l.type IN ('check.retracted', 'round.again', 'round.reopened', 'round.ordered', 'log.voided', 'batch.reworked'))
        OR EXISTS (SELECT 1 FROM reinspection r WHERE r.seq = l.seq AND r.batch = NEW.id)))
BEGIN SELECT RAISE(ABORT, 'rule:state'); END
--;
CREATE TRIGGER batch_again_by_both BEFORE UPDATE ON batch
WHEN NEW.state IS 'registered' AND (SELECT type FROM line ORDER BY seq DESC LIMIT 1) IS 'round.again'
    AND (OLD.state IS NOT 'disagreed' OR (SELECT count(*) FROM act_signer a JOIN sign_off s ON s.person = a.person
        WHERE a.seq = (SELECT max(seq) FROM line) AND s.round = OLD.round AND s.standing = 1) < 2)
BEGIN SELECT RAISE(ABORT, 'rule:two-needed'); END
--;
CREATE TRIGGER batch_reopened_by_two BEFORE UPDATE ON batch
WHEN NEW.state IS 'registered' AND (SELECT type FROM line ORDER BY seq DESC LIMIT 1) IS 'round.reopened'
    AND (SELECT count(*) FROM act_worker WHERE seq = (SELECT max(seq) FROM line)) < 2
BEGIN SELECT RAISE(ABORT, 'rule:two-needed'); END
--;
CREATE TRIGGER batch_reopened_suspect BEFORE UPDATE ON batch
WHEN NEW.state IS 'registered' AND (SELECT type FROM line ORDER BY seq DESC LIMIT 1) IS 'round.reopened'
    AND NOT EXISTS (SELECT 1 FROM sign_off s JOIN person_key k ON k.key = s.key WHERE s.round = OLD.round AND k.suspect_from <= s.seq)
BEGIN SELECT RAISE(ABORT, 'rule:nothing-suspect'); END
--;
-- Who reworked inspects no more: that nobody is left who could, two put down.
CREATE TRIGGER batch_reworked_by_two BEFORE UPDATE ON batch
WHEN OLD.rework_ordered IS 1 AND NEW.rework_ordered IS NOT 1 AND NOT EXISTS (SELECT 1 FROM role_for_batch h WHERE h.batch = NEW.id AND h.role = 'inspector'
        AND NOT EXISTS (SELECT 1 FROM batch_maker m WHERE m.batch = NEW.id AND m.person = h.person)
        AND NOT EXISTS (SELECT 1 FROM batch_reworker w WHERE w.batch = NEW.id AND w.person = h.person))
    AND (SELECT count(*) FROM act_worker WHERE seq = (SELECT max(seq) FROM line)) < 2
BEGIN SELECT RAISE(ABORT, 'rule:two-needed'); END
--;
-- A check is taken back by its person, or for its signature in doubt; set aside by its person, or who may release or administrates.
CREATE TRIGGER checking_taken_back BEFORE UPDATE ON checking
WHEN NEW.state IS 'retracted' AND NOT EXISTS (SELECT 1 FROM line l WHERE l.seq = (SELECT max(seq) FROM line)
    AND ((l.type = 'check.retracted' AND l.checking = OLD.id AND l.person = OLD.person)
        OR (l.type = 'round.reopened' AND l.round = OLD.round AND EXISTS (SELECT 1 FROM sign_off s JOIN person_key k ON k.key = s.key WHERE s.checking = OLD.id AND k.suspect_from <= s.seq))))
BEGIN SELECT RAISE(ABORT, 'rule:not-your-check'); END
--;
CREATE TRIGGER checking_set_aside_by BEFORE UPDATE ON checking
WHEN NEW.state IS 'set_aside' AND NOT EXISTS (SELECT 1 FROM line l WHERE l.seq = (SELECT max(seq) FROM line) AND l.type = 'check.set_aside' AND l.checking = OLD.id
    AND (l.person = OLD.person
        OR EXISTS (SELECT 1 FROM standing_role h WHERE h.person = l.person AND h.role = 'administrator')
        OR EXISTS (SELECT 1 FROM role_for_batch h WHERE h.person = l.person AND h.role = 'releaser' AND h.batch = OLD.batch)))
BEGIN SELECT RAISE(ABORT, 'rule:not-your-check'); END
--;
-- Of two who disagree one rejects; a release is taken back by a signer of the batch, or by who may release.
CREATE TRIGGER batch_rejected_by_signer BEFORE UPDATE ON batch
WHEN NEW.state IS 'rejected' AND OLD.state IS 'disagreed' AND NOT EXISTS (SELECT 1 FROM decision WHERE round = OLD.round)
    AND NOT EXISTS (SELECT 1 FROM line l JOIN sign_off s ON s.person = l.person WHERE l.seq = (SELECT max(seq) FROM line)
        AND l.type = 'round.rejected_after_all' AND l.batch = OLD.id AND s.round = OLD.round AND s.standing = 1)
BEGIN SELECT RAISE(ABORT, 'rule:not-your-check'); END
--;
CREATE TRIGGER batch_withdrawn_by BEFORE UPDATE ON batch
WHEN NEW.state IS 'withdrawn' AND OLD.state IS NOT 'withdrawn' AND NOT EXISTS (SELECT 1 FROM line l WHERE l.seq = (SELECT max(seq) FROM line)
    AND l.type = 'batch.withdrawn' AND l.batch = OLD.id
    AND (EXISTS (SELECT 1 FROM sign_off s WHERE s.batch = OLD.id AND s.person = l.person)
        OR EXISTS (SELECT 1 FROM role_for_batch h WHERE h.person = l.person AND h.role = 'releaser' AND h.batch = OLD.id)))
BEGIN SELECT RAISE(ABORT, 'rule:role'); END
--;
-- Who holds no role, or reads only, puts nothing on record; and vouches for nobody.
CREATE TRIGGER line_by_worker BEFORE INSERT ON line
WHEN NEW.type IN ('supplier.saved', 'product.saved', 'defect_code.saved', 'instrument.saved', 'defect.reported', 'defects.reported', 'person.listed')
    AND NEW.person NOT IN (SELECT person FROM worker)
BEGIN SELECT RAISE(ABORT, 'rule:role'); END
--;
CREATE TRIGGER line_signer_worker BEFORE INSERT ON line_signer
WHEN NEW.person IS NOT 'recovery' AND EXISTS (SELECT 1 FROM people_act t WHERE t.seq = NEW.seq
    AND t.type IN ('role.granted', 'qualification.granted', 'person.renamed', 'person.enrolled', 'person.lifted', 'key.revoked', 'key.enrolled', 'badge.issued')
    AND ((NEW.person IS NOT t.concerned AND NEW.person NOT IN (SELECT person FROM worker))
        OR (t.person IS NOT t.concerned AND t.person NOT IN (SELECT person FROM worker))))
BEGIN SELECT RAISE(ABORT, 'rule:role'); END
--;
-- An act is signed by a clock that is not two minutes behind the log, but for what sets it right.
CREATE TRIGGER line_clock BEFORE INSERT ON line
WHEN NEW.session IS NULL AND NEW.person IS NOT NULL AND NEW.type NOT IN ('clock.corrected', 'session.opened', 'station.introduced')
    AND NEW.at > (SELECT json_extract(CAST(body AS TEXT), '$.clock') FROM event WHERE seq = NEW.seq) + 120000000
BEGIN SELECT RAISE(ABORT, 'rule:clock'); END
--;
-- Inspectors open a round and take its places, an arbiter the third; each with the qualification that is asked for.
CREATE TRIGGER round_by_inspector BEFORE INSERT ON round
WHEN NOT EXISTS (SELECT 1 FROM line l JOIN role_for_batch h ON h.person = l.person
    WHERE l.seq = NEW.seq AND h.role = 'inspector' AND h.batch = NEW.batch)
BEGIN SELECT RAISE(ABORT, 'rule:role'); END
--;
CREATE TRIGGER checking_role BEFORE INSERT ON checking
WHEN NOT EXISTS (SELECT 1 FROM role_for_batch h WHERE h.person = NEW.person AND h.batch = NEW.batch
    AND h.role = CASE NEW.place WHEN 'third' THEN 'arbiter' ELSE 'inspector' END)
BEGIN SELECT RAISE(ABORT, 'rule:role'); END
--;
CREATE TRIGGER sign_off_qualified BEFORE INSERT ON sign_off
WHEN NEW.place IS NOT 'release' AND EXISTS (SELECT 1 FROM unqualified WHERE round = NEW.round AND person = NEW.person)
BEGIN SELECT RAISE(ABORT, 'rule:not-qualified'); END
--;
-- The last person who could make the second check does not give the place up.
CREATE TRIGGER place_given_up_last BEFORE INSERT ON place_given_up
WHEN NOT EXISTS (SELECT 1 FROM checking WHERE round = NEW.round AND place = 'second' AND state IN ('open', 'signed'))
    AND NOT EXISTS (SELECT 1 FROM possible_second WHERE round = NEW.round AND person <> NEW.person)
BEGIN SELECT RAISE(ABORT, 'rule:last-second'); END
