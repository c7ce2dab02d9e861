-- SPDX-License-Identifier: Apache-2.0
-- Second schema, who may do what, PostgreSQL: statements end with a line that holds only two dashes and a semicolon.
-- Who holds which role. An entry under a clock that another station's future time has left behind counts by its own clock.
CREATE VIEW standing_role AS
    SELECT g.person AS person, g.role AS role, g.families AS families FROM role_grant g JOIN person p ON p.id = g.person
    WHERE p.status = 'active' AND (g.until IS NULL OR g.until >= (SELECT to_char(to_timestamp(least((said ->> 'at')::bigint, (said ->> 'clock')::bigint) / 1000000 - 86400) AT TIME ZONE 'UTC', 'YYYY-MM-DD')
        FROM (SELECT convert_from(body, 'UTF8')::json AS said FROM event ORDER BY seq DESC LIMIT 1) AS one))
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
    WHERE h.families = '[]' OR p.family IN (SELECT jsonb_array_elements_text(h.families::jsonb))
--;
-- Whom a round's procedure asks for a qualification that they have not.
CREATE VIEW unqualified AS
    SELECT r.id AS round, p.id AS person FROM round r, person p
    WHERE (r.opened::json #>> '{procedure,content,qualification_required}') = 'true' AND NOT EXISTS (SELECT 1 FROM qualification q WHERE q.person = p.id AND q.procedure = (r.opened::json #>> '{procedure,code}')
        AND (q.until IS NULL OR q.until >= (SELECT to_char(to_timestamp(at / 1000000 - 86400) AT TIME ZONE 'UTC', 'YYYY-MM-DD') FROM line ORDER BY seq DESC LIMIT 1)))
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
CREATE FUNCTION qc_clock_correction_by_two() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF (SELECT count(*) FROM act_worker WHERE seq = NEW.seq) < 2 THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER clock_correction_by_two BEFORE INSERT ON clock_correction
FOR EACH ROW EXECUTE FUNCTION qc_clock_correction_by_two('two-needed')
--;
CREATE FUNCTION qc_restored_by_two() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF (SELECT count(*) FROM act_worker WHERE seq = NEW.seq) < 2 THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER restored_by_two BEFORE INSERT ON restored
FOR EACH ROW EXECUTE FUNCTION qc_restored_by_two('two-needed')
--;
CREATE FUNCTION qc_voided_by_two() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF (SELECT count(*) FROM act_worker WHERE seq = NEW.seq) < 2 THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER voided_by_two BEFORE INSERT ON voided
FOR EACH ROW EXECUTE FUNCTION qc_voided_by_two('two-needed')
--;
CREATE FUNCTION qc_disposition_by_workers() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF (SELECT count(*) FROM act_worker WHERE seq = NEW.seq) < 2 THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER disposition_by_workers BEFORE INSERT ON disposition
FOR EACH ROW EXECUTE FUNCTION qc_disposition_by_workers('two-needed')
--;
-- One of the two who sign what was lost administrates.
CREATE FUNCTION qc_restored_by_administrator() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM act_signer s JOIN standing_role h ON h.person = s.person WHERE s.seq = NEW.seq AND h.role = 'administrator') THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER restored_by_administrator BEFORE INSERT ON restored
FOR EACH ROW EXECUTE FUNCTION qc_restored_by_administrator('role')
--;
-- What is declared void takes no other batch along.
CREATE FUNCTION qc_voided_names_its_batch() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.batch IS NOT NULL AND NEW.batch IS DISTINCT FROM (SELECT batch FROM line WHERE seq = NEW.event_no)
        AND NOT EXISTS (SELECT 1 FROM event WHERE seq = NEW.event_no AND position(convert_to('"batch":"' || NEW.batch || '"', 'UTF8') IN body) > 0) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER voided_names_its_batch BEFORE INSERT ON voided
FOR EACH ROW EXECUTE FUNCTION qc_voided_names_its_batch('unverified')
--;
-- No batch begins anew for a line that no release rests on, such as a note that anybody could forge.
CREATE FUNCTION qc_voided_begins_anew() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.batch IS NOT NULL AND EXISTS (SELECT 1 FROM line WHERE seq = NEW.event_no AND type NOT IN ('round.opened', 'check.started', 'check.recorded', 'check.resolved', 'check.set_aside', 'check.signed', 'check.retracted', 'round.compared', 'round.decided', 'round.rejected_after_all', 'round.again', 'round.ordered', 'place.given_up', 'first.seen', 'batch.released', 'batch.saved', 'batch.lifted', 'batch.disposed', 'batch.reworked', 'round.reopened', 'certificate.issued')) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER voided_begins_anew BEFORE INSERT ON voided
FOR EACH ROW EXECUTE FUNCTION qc_voided_begins_anew('unverified')
--;
-- A batch begins anew by an act that says so, signed by those who may.
CREATE FUNCTION qc_batch_anew_by_event() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.state IS NOT DISTINCT FROM 'registered' AND OLD.state IS DISTINCT FROM 'registered' AND NOT EXISTS (SELECT 1 FROM line l WHERE l.seq = (SELECT max(seq) FROM line)
        AND ((l.batch = NEW.id AND l.type IN ('check.retracted', 'round.again', 'round.reopened', 'round.ordered', 'log.voided', 'batch.reworked'))
            OR EXISTS (SELECT 1 FROM reinspection r WHERE r.seq = l.seq AND r.batch = NEW.id))) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER batch_anew_by_event BEFORE UPDATE ON batch
FOR EACH ROW EXECUTE FUNCTION qc_batch_anew_by_event('state')
--;
CREATE FUNCTION qc_batch_again_by_both() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.state IS NOT DISTINCT FROM 'registered' AND (SELECT type FROM line ORDER BY seq DESC LIMIT 1) IS NOT DISTINCT FROM 'round.again'
        AND (OLD.state IS DISTINCT FROM 'disagreed' OR (SELECT count(*) FROM act_signer a JOIN sign_off s ON s.person = a.person
            WHERE a.seq = (SELECT max(seq) FROM line) AND s.round = OLD.round AND s.standing = 1) < 2) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER batch_again_by_both BEFORE UPDATE ON batch
FOR EACH ROW EXECUTE FUNCTION qc_batch_again_by_both('two-needed')
--;
CREATE FUNCTION qc_batch_reopened_by_two() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.state IS NOT DISTINCT FROM 'registered' AND (SELECT type FROM line ORDER BY seq DESC LIMIT 1) IS NOT DISTINCT FROM 'round.reopened'
        AND (SELECT count(*) FROM act_worker WHERE seq = (SELECT max(seq) FROM line)) < 2 THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER batch_reopened_by_two BEFORE UPDATE ON batch
FOR EACH ROW EXECUTE FUNCTION qc_batch_reopened_by_two('two-needed')
--;
CREATE FUNCTION qc_batch_reopened_suspect() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.state IS NOT DISTINCT FROM 'registered' AND (SELECT type FROM line ORDER BY seq DESC LIMIT 1) IS NOT DISTINCT FROM 'round.reopened'
        AND NOT EXISTS (SELECT 1 FROM sign_off s JOIN person_key k ON k.key = s.key WHERE s.round = OLD.round AND k.suspect_from <= s.seq) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER batch_reopened_suspect BEFORE UPDATE ON batch
FOR EACH ROW EXECUTE FUNCTION qc_batch_reopened_suspect('nothing-suspect')
--;
-- Who reworked inspects no more: that nobody is left who could, two put down.
CREATE FUNCTION qc_batch_reworked_by_two() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF OLD.rework_ordered = 1 AND NEW.rework_ordered IS DISTINCT FROM 1 AND NOT EXISTS (SELECT 1 FROM role_for_batch h WHERE h.batch = NEW.id AND h.role = 'inspector'
        AND NOT EXISTS (SELECT 1 FROM batch_maker m WHERE m.batch = NEW.id AND m.person = h.person)
        AND NOT EXISTS (SELECT 1 FROM batch_reworker w WHERE w.batch = NEW.id AND w.person = h.person))
    AND (SELECT count(*) FROM act_worker WHERE seq = (SELECT max(seq) FROM line)) < 2 THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER batch_reworked_by_two BEFORE UPDATE ON batch
FOR EACH ROW EXECUTE FUNCTION qc_batch_reworked_by_two('two-needed')
--;
-- A check is taken back by its person, or for its signature in doubt; set aside by its person, or who may release or administrates.
CREATE FUNCTION qc_checking_taken_back() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.state IS NOT DISTINCT FROM 'retracted' AND NOT EXISTS (SELECT 1 FROM line l WHERE l.seq = (SELECT max(seq) FROM line)
        AND ((l.type = 'check.retracted' AND l.checking = OLD.id AND l.person = OLD.person)
            OR (l.type = 'round.reopened' AND l.round = OLD.round AND EXISTS (SELECT 1 FROM sign_off s JOIN person_key k ON k.key = s.key WHERE s.checking = OLD.id AND k.suspect_from <= s.seq)))) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER checking_taken_back BEFORE UPDATE ON checking
FOR EACH ROW EXECUTE FUNCTION qc_checking_taken_back('not-your-check')
--;
CREATE FUNCTION qc_checking_set_aside_by() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.state IS NOT DISTINCT FROM 'set_aside' AND NOT EXISTS (SELECT 1 FROM line l WHERE l.seq = (SELECT max(seq) FROM line) AND l.type = 'check.set_aside' AND l.checking = OLD.id
        AND (l.person = OLD.person
            OR EXISTS (SELECT 1 FROM standing_role h WHERE h.person = l.person AND h.role = 'administrator')
            OR EXISTS (SELECT 1 FROM role_for_batch h WHERE h.person = l.person AND h.role = 'releaser' AND h.batch = OLD.batch))) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER checking_set_aside_by BEFORE UPDATE ON checking
FOR EACH ROW EXECUTE FUNCTION qc_checking_set_aside_by('not-your-check')
--;
-- Of two who disagree one rejects; a release is taken back by a signer of the batch, or by who may release.
CREATE FUNCTION qc_batch_rejected_by_signer() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.state IS NOT DISTINCT FROM 'rejected' AND OLD.state IS NOT DISTINCT FROM 'disagreed' AND NOT EXISTS (SELECT 1 FROM decision WHERE round = OLD.round)
        AND NOT EXISTS (SELECT 1 FROM line l JOIN sign_off s ON s.person = l.person WHERE l.seq = (SELECT max(seq) FROM line)
            AND l.type = 'round.rejected_after_all' AND l.batch = OLD.id AND s.round = OLD.round AND s.standing = 1) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER batch_rejected_by_signer BEFORE UPDATE ON batch
FOR EACH ROW EXECUTE FUNCTION qc_batch_rejected_by_signer('not-your-check')
--;
CREATE FUNCTION qc_batch_withdrawn_by() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.state IS NOT DISTINCT FROM 'withdrawn' AND OLD.state IS DISTINCT FROM 'withdrawn' AND NOT EXISTS (SELECT 1 FROM line l WHERE l.seq = (SELECT max(seq) FROM line)
        AND l.type = 'batch.withdrawn' AND l.batch = OLD.id
        AND (EXISTS (SELECT 1 FROM sign_off s WHERE s.batch = OLD.id AND s.person = l.person)
            OR EXISTS (SELECT 1 FROM role_for_batch h WHERE h.person = l.person AND h.role = 'releaser' AND h.batch = OLD.id))) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER batch_withdrawn_by BEFORE UPDATE ON batch
FOR EACH ROW EXECUTE FUNCTION qc_batch_withdrawn_by('role')
--;
-- Who holds no role, or reads only, puts nothing on record; and vouches for nobody.
CREATE FUNCTION qc_line_by_worker() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.type IN ('supplier.saved', 'product.saved', 'defect_code.saved', 'instrument.saved', 'defect.reported', 'defects.reported', 'person.listed')
        AND NEW.person NOT IN (SELECT person FROM worker) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER line_by_worker BEFORE INSERT ON line
FOR EACH ROW EXECUTE FUNCTION qc_line_by_worker('role')
--;
CREATE FUNCTION qc_line_signer_worker() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.person IS DISTINCT FROM 'recovery' AND EXISTS (SELECT 1 FROM people_act t WHERE t.seq = NEW.seq
        AND t.type IN ('role.granted', 'qualification.granted', 'person.renamed', 'person.enrolled', 'person.lifted', 'key.revoked', 'key.enrolled', 'badge.issued')
        AND ((NEW.person IS DISTINCT FROM t.concerned AND NEW.person NOT IN (SELECT person FROM worker))
            OR (t.person IS DISTINCT FROM t.concerned AND t.person NOT IN (SELECT person FROM worker)))) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER line_signer_worker BEFORE INSERT ON line_signer
FOR EACH ROW EXECUTE FUNCTION qc_line_signer_worker('role')
--;
-- An act is signed by a clock that is not two minutes behind the log, but for what sets it right.
CREATE FUNCTION qc_line_clock() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.session IS NULL AND NEW.person IS NOT NULL AND NEW.type NOT IN ('clock.corrected', 'session.opened', 'station.introduced')
        AND NEW.at > (SELECT (convert_from(body, 'UTF8')::json ->> 'clock')::bigint FROM event WHERE seq = NEW.seq) + 120000000 THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER line_clock BEFORE INSERT ON line
FOR EACH ROW EXECUTE FUNCTION qc_line_clock('clock')
--;
-- Inspectors open a round and take its places, an arbiter the third; each with the qualification that is asked for.
CREATE FUNCTION qc_round_by_inspector() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM line l JOIN role_for_batch h ON h.person = l.person
        WHERE l.seq = NEW.seq AND h.role = 'inspector' AND h.batch = NEW.batch) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER round_by_inspector BEFORE INSERT ON round
FOR EACH ROW EXECUTE FUNCTION qc_round_by_inspector('role')
--;
CREATE FUNCTION qc_checking_role() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM role_for_batch h WHERE h.person = NEW.person AND h.batch = NEW.batch
        AND h.role = CASE NEW.place WHEN 'third' THEN 'arbiter' ELSE 'inspector' END) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER checking_role BEFORE INSERT ON checking
FOR EACH ROW EXECUTE FUNCTION qc_checking_role('role')
--;
CREATE FUNCTION qc_sign_off_qualified() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.place IS DISTINCT FROM 'release' AND EXISTS (SELECT 1 FROM unqualified WHERE round = NEW.round AND person = NEW.person) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER sign_off_qualified BEFORE INSERT ON sign_off
FOR EACH ROW EXECUTE FUNCTION qc_sign_off_qualified('not-qualified')
--;
-- The last person who could make the second check does not give the place up.
CREATE FUNCTION qc_place_given_up_last() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM checking WHERE round = NEW.round AND place = 'second' AND state IN ('open', 'signed'))
        AND NOT EXISTS (SELECT 1 FROM possible_second WHERE round = NEW.round AND person <> NEW.person) THEN
        RAISE EXCEPTION USING MESSAGE = 'rule:' || TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
--;
CREATE TRIGGER place_given_up_last BEFORE INSERT ON place_given_up
FOR EACH ROW EXECUTE FUNCTION qc_place_given_up_last('last-second')
