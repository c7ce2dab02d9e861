-- SPDX-License-Identifier: Apache-2.0
-- First schema, SQLite: statements end with a line that holds only two dashes and a semicolon.
CREATE TABLE event (
    seq INTEGER NOT NULL PRIMARY KEY CHECK (seq >= 1),
    body BLOB NOT NULL,
    sig BLOB NOT NULL CHECK (length(sig) = 64),
    hash BLOB NOT NULL UNIQUE CHECK (length(hash) = 32)
) STRICT
--;
CREATE TABLE line (
    seq INTEGER NOT NULL REFERENCES event (seq),
    type TEXT NOT NULL,
    person TEXT,
    session TEXT,
    at INTEGER NOT NULL,
    act INTEGER NOT NULL,
    station TEXT NOT NULL,
    batch TEXT,
    round TEXT,
    checking TEXT,
    PRIMARY KEY (seq)
) STRICT
--;
CREATE TABLE workspace (
    vault TEXT NOT NULL,
    opened INTEGER NOT NULL,
    recovery_key TEXT NOT NULL,
    PRIMARY KEY (vault)
) STRICT
--;
CREATE TABLE shop (
    id INTEGER NOT NULL,
    name TEXT NOT NULL,
    address TEXT NOT NULL,
    logo TEXT,
    paper TEXT NOT NULL,
    third_releases INTEGER NOT NULL,
    seq INTEGER NOT NULL REFERENCES event (seq),
    PRIMARY KEY (id),
    CHECK (id = 1)
) STRICT
--;
CREATE TABLE person (
    id TEXT NOT NULL CHECK (length(id) = 32),
    login TEXT,
    name TEXT NOT NULL,
    staff TEXT,
    status TEXT NOT NULL,
    languages TEXT NOT NULL,
    enrolled_by TEXT NOT NULL,
    since INTEGER NOT NULL,
    seq INTEGER NOT NULL REFERENCES event (seq),
    PRIMARY KEY (id),
    UNIQUE (login),
    UNIQUE (staff),
    CHECK (status IN ('active', 'suspended', 'listed'))
) STRICT
--;
CREATE TABLE person_key (
    key TEXT NOT NULL,
    person TEXT NOT NULL REFERENCES person (id),
    public_key TEXT NOT NULL,
    from_seq INTEGER NOT NULL,
    until_seq INTEGER,
    PRIMARY KEY (key)
) STRICT
--;
CREATE TABLE role_grant (
    person TEXT NOT NULL REFERENCES person (id),
    role TEXT NOT NULL,
    families TEXT NOT NULL,
    until TEXT,
    seq INTEGER NOT NULL REFERENCES event (seq),
    PRIMARY KEY (person, role)
) STRICT
--;
CREATE TABLE qualification (
    person TEXT NOT NULL REFERENCES person (id),
    procedure TEXT NOT NULL,
    until TEXT,
    seq INTEGER NOT NULL REFERENCES event (seq),
    PRIMARY KEY (person, procedure)
) STRICT
--;
CREATE TABLE session (
    id TEXT NOT NULL CHECK (length(id) = 32),
    person TEXT NOT NULL REFERENCES person (id),
    key TEXT NOT NULL,
    public_key TEXT NOT NULL,
    opened INTEGER NOT NULL,
    closed INTEGER,
    PRIMARY KEY (id)
) STRICT
--;
CREATE TABLE supplier (
    id TEXT NOT NULL CHECK (length(id) = 32),
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    name_latin TEXT NOT NULL,
    country TEXT NOT NULL,
    address TEXT NOT NULL,
    contact TEXT NOT NULL,
    note TEXT NOT NULL,
    source TEXT,
    seq INTEGER NOT NULL REFERENCES event (seq),
    PRIMARY KEY (id),
    UNIQUE (code)
) STRICT
--;
CREATE TABLE product (
    id TEXT NOT NULL CHECK (length(id) = 32),
    code TEXT NOT NULL,
    revision TEXT NOT NULL,
    name TEXT NOT NULL,
    family TEXT NOT NULL,
    unit TEXT NOT NULL,
    picture TEXT,
    note TEXT NOT NULL,
    source TEXT,
    seq INTEGER NOT NULL REFERENCES event (seq),
    PRIMARY KEY (id),
    UNIQUE (code, revision)
) STRICT
--;
CREATE TABLE defect_code (
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    defect_class TEXT NOT NULL,
    names TEXT NOT NULL,
    note TEXT NOT NULL,
    retired INTEGER NOT NULL,
    source TEXT,
    seq INTEGER NOT NULL REFERENCES event (seq),
    PRIMARY KEY (code)
) STRICT
--;
CREATE TABLE instrument (
    id TEXT NOT NULL CHECK (length(id) = 32),
    number TEXT NOT NULL,
    kind TEXT NOT NULL,
    calibrated_until TEXT,
    blocked INTEGER NOT NULL,
    note TEXT NOT NULL,
    seq INTEGER NOT NULL REFERENCES event (seq),
    PRIMARY KEY (id),
    UNIQUE (number)
) STRICT
--;
CREATE TABLE procedure_version (
    code TEXT NOT NULL,
    version INTEGER NOT NULL,
    state TEXT NOT NULL,
    author TEXT NOT NULL,
    content TEXT NOT NULL,
    hash TEXT NOT NULL,
    approved_by TEXT,
    approved_at INTEGER,
    seq INTEGER NOT NULL REFERENCES event (seq),
    PRIMARY KEY (code, version),
    CHECK (state IN ('draft', 'approved', 'retired'))
) STRICT
--;
CREATE TABLE procedure_product (
    code TEXT NOT NULL,
    version INTEGER NOT NULL,
    product TEXT NOT NULL,
    seq INTEGER NOT NULL REFERENCES event (seq),
    PRIMARY KEY (code, version, product)
) STRICT
--;
CREATE TABLE batch (
    id TEXT NOT NULL CHECK (length(id) = 32),
    number TEXT NOT NULL,
    product TEXT NOT NULL REFERENCES product (id),
    supplier TEXT REFERENCES supplier (id),
    line TEXT NOT NULL,
    quantity INTEGER NOT NULL,
    order_no TEXT NOT NULL,
    made_on TEXT,
    ship_by TEXT,
    note TEXT NOT NULL,
    source TEXT,
    state TEXT NOT NULL,
    held INTEGER NOT NULL,
    hold TEXT,
    lane_since INTEGER NOT NULL,
    round TEXT,
    round_no INTEGER NOT NULL,
    next_severity TEXT NOT NULL,
    again_used INTEGER NOT NULL,
    rework_ordered INTEGER NOT NULL,
    released INTEGER NOT NULL,
    shipped INTEGER NOT NULL,
    registered_at INTEGER NOT NULL,
    registered_by TEXT NOT NULL,
    seq INTEGER NOT NULL REFERENCES event (seq),
    lane TEXT NOT NULL GENERATED ALWAYS AS (CASE
        WHEN state IN ('cancelled', 'returned', 'scrapped') THEN 'done'
        WHEN state IN ('released', 'released_under_concession') AND shipped >= released AND held = 0 THEN 'done'
        WHEN held = 1 OR state IN ('rejected', 'withdrawn') THEN 'quarantined'
        WHEN state IN ('registered', 'first_check') THEN 'to_inspect'
        WHEN state IN ('awaiting_second', 'second_check') THEN 'waiting_second'
        WHEN state = 'disagreed' THEN 'disagreement'
        WHEN state = 'accepted' THEN 'to_release'
        ELSE 'ready_to_ship' END) STORED,
    PRIMARY KEY (id),
    UNIQUE (number),
    CHECK (quantity >= 2 AND held IN (0, 1) AND shipped <= released AND released <= quantity)
) STRICT
--;
CREATE TABLE batch_maker (
    batch TEXT NOT NULL REFERENCES batch (id),
    person TEXT NOT NULL REFERENCES person (id),
    units TEXT NOT NULL,
    seq INTEGER NOT NULL REFERENCES event (seq),
    PRIMARY KEY (batch, person)
) STRICT
--;
CREATE TABLE batch_reworker (
    batch TEXT NOT NULL REFERENCES batch (id),
    person TEXT NOT NULL REFERENCES person (id),
    seq INTEGER NOT NULL REFERENCES event (seq),
    PRIMARY KEY (batch, person, seq)
) STRICT
--;
CREATE TABLE hold (
    id TEXT NOT NULL CHECK (length(id) = 32),
    batch TEXT NOT NULL REFERENCES batch (id),
    kind TEXT NOT NULL,
    reason TEXT NOT NULL,
    person TEXT NOT NULL,
    at INTEGER NOT NULL,
    seq INTEGER NOT NULL REFERENCES event (seq),
    lifted INTEGER,
    PRIMARY KEY (id)
) STRICT
--;
CREATE TABLE round (
    id TEXT NOT NULL CHECK (length(id) = 32),
    batch TEXT NOT NULL REFERENCES batch (id),
    no INTEGER NOT NULL,
    opened TEXT NOT NULL,
    seq INTEGER NOT NULL REFERENCES event (seq),
    PRIMARY KEY (id),
    UNIQUE (batch, no)
) STRICT
--;
CREATE TABLE checking (
    id TEXT NOT NULL CHECK (length(id) = 32),
    round TEXT NOT NULL REFERENCES round (id),
    batch TEXT NOT NULL REFERENCES batch (id),
    place TEXT NOT NULL,
    person TEXT NOT NULL REFERENCES person (id),
    state TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    seq INTEGER NOT NULL REFERENCES event (seq),
    reason TEXT NOT NULL,
    signed INTEGER,
    PRIMARY KEY (id),
    CHECK (place IN ('first', 'second', 'third'))
) STRICT
--;
CREATE TABLE unit_result (
    checking TEXT NOT NULL REFERENCES checking (id),
    unit INTEGER NOT NULL,
    not_done TEXT,
    seq INTEGER NOT NULL REFERENCES event (seq),
    PRIMARY KEY (checking, unit)
) STRICT
--;
CREATE TABLE finding (
    id TEXT NOT NULL CHECK (length(id) = 32),
    checking TEXT NOT NULL REFERENCES checking (id),
    round TEXT NOT NULL REFERENCES round (id),
    batch TEXT NOT NULL REFERENCES batch (id),
    unit INTEGER,
    code TEXT NOT NULL,
    defect_class TEXT NOT NULL,
    count INTEGER NOT NULL,
    place TEXT NOT NULL,
    note TEXT NOT NULL,
    photo TEXT,
    at INTEGER NOT NULL,
    seq INTEGER NOT NULL REFERENCES event (seq),
    withdrawn TEXT,
    PRIMARY KEY (id),
    CHECK (count >= 1)
) STRICT
--;
CREATE TABLE reading (
    id TEXT NOT NULL CHECK (length(id) = 32),
    checking TEXT NOT NULL REFERENCES checking (id),
    round TEXT NOT NULL REFERENCES round (id),
    batch TEXT NOT NULL REFERENCES batch (id),
    unit INTEGER NOT NULL,
    characteristic TEXT NOT NULL,
    typed TEXT NOT NULL,
    value TEXT NOT NULL,
    measure TEXT NOT NULL,
    inside INTEGER NOT NULL,
    defect_class TEXT NOT NULL,
    instrument TEXT,
    calibrated_until TEXT,
    at INTEGER NOT NULL,
    reason TEXT NOT NULL,
    replaced INTEGER NOT NULL,
    seq INTEGER NOT NULL REFERENCES event (seq),
    PRIMARY KEY (id)
) STRICT
--;
CREATE TABLE sign_off (
    seq INTEGER NOT NULL REFERENCES event (seq),
    batch TEXT NOT NULL REFERENCES batch (id),
    round TEXT NOT NULL REFERENCES round (id),
    place TEXT NOT NULL,
    person TEXT NOT NULL REFERENCES person (id),
    key TEXT NOT NULL,
    checking TEXT,
    meaning TEXT NOT NULL,
    verdict TEXT NOT NULL,
    record TEXT NOT NULL,
    at INTEGER NOT NULL,
    maker INTEGER NOT NULL,
    standing INTEGER NOT NULL,
    PRIMARY KEY (seq),
    UNIQUE (round, place),
    CHECK (place IN ('first', 'second', 'third', 'release'))
) STRICT
--;
CREATE TABLE comparison (
    round TEXT NOT NULL REFERENCES round (id),
    batch TEXT NOT NULL REFERENCES batch (id),
    seq INTEGER NOT NULL REFERENCES event (seq),
    outcome TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (round),
    CHECK (outcome IN ('accepted', 'rejected', 'disagreed'))
) STRICT
--;
CREATE TABLE decision (
    round TEXT NOT NULL REFERENCES round (id),
    batch TEXT NOT NULL REFERENCES batch (id),
    seq INTEGER NOT NULL REFERENCES event (seq),
    person TEXT NOT NULL REFERENCES person (id),
    outcome TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (round),
    CHECK (outcome IN ('accepted', 'rejected'))
) STRICT
--;
CREATE TABLE place_given_up (
    round TEXT NOT NULL REFERENCES round (id),
    person TEXT NOT NULL REFERENCES person (id),
    seq INTEGER NOT NULL REFERENCES event (seq),
    PRIMARY KEY (round, person)
) STRICT
--;
CREATE TABLE first_seen (
    round TEXT NOT NULL REFERENCES round (id),
    person TEXT NOT NULL REFERENCES person (id),
    what TEXT NOT NULL,
    seq INTEGER NOT NULL REFERENCES event (seq),
    PRIMARY KEY (round, person)
) STRICT
--;
CREATE TABLE disposition (
    seq INTEGER NOT NULL REFERENCES event (seq),
    batch TEXT NOT NULL REFERENCES batch (id),
    round TEXT NOT NULL REFERENCES round (id),
    kind TEXT NOT NULL,
    quantity INTEGER NOT NULL,
    person TEXT NOT NULL,
    confirmed_by TEXT NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (seq)
) STRICT
--;
CREATE TABLE shipment (
    id TEXT NOT NULL CHECK (length(id) = 32),
    batch TEXT NOT NULL REFERENCES batch (id),
    quantity INTEGER NOT NULL,
    to_whom TEXT NOT NULL,
    on_day TEXT NOT NULL,
    document TEXT NOT NULL,
    person TEXT NOT NULL,
    seq INTEGER NOT NULL REFERENCES event (seq),
    PRIMARY KEY (id),
    CHECK (quantity >= 1)
) STRICT
--;
CREATE TABLE reported_defect (
    id TEXT NOT NULL CHECK (length(id) = 32),
    source TEXT NOT NULL,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    defect_class TEXT NOT NULL,
    count INTEGER NOT NULL,
    batch TEXT,
    supplier TEXT,
    product TEXT,
    found_on TEXT,
    reference TEXT NOT NULL,
    note TEXT NOT NULL,
    at INTEGER NOT NULL,
    seq INTEGER NOT NULL REFERENCES event (seq),
    PRIMARY KEY (id)
) STRICT
--;
CREATE TABLE imported (
    seq INTEGER NOT NULL REFERENCES event (seq),
    kind TEXT NOT NULL,
    file TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    rows INTEGER NOT NULL,
    mapping_sha256 TEXT,
    person TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (seq)
) STRICT
--;
CREATE TABLE record (
    sha256 TEXT NOT NULL PRIMARY KEY CHECK (length(sha256) = 64),
    document BLOB NOT NULL
) STRICT
--;
CREATE TABLE sealed_key (
    key TEXT NOT NULL PRIMARY KEY CHECK (length(key) = 32),
    person TEXT NOT NULL,
    public_key TEXT NOT NULL,
    sealed TEXT NOT NULL
) STRICT
--;
CREATE TABLE search_text (
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    folded TEXT NOT NULL,
    PRIMARY KEY (kind, id)
) STRICT
--;
CREATE TABLE defect_total (
    supplier TEXT NOT NULL,
    code TEXT NOT NULL,
    month TEXT NOT NULL,
    total INTEGER NOT NULL,
    PRIMARY KEY (supplier, code, month)
) STRICT
--;
CREATE INDEX line_of_batch ON line (batch, seq) WHERE batch IS NOT NULL
--;
CREATE INDEX line_of_check ON line (checking, seq) WHERE checking IS NOT NULL
--;
CREATE INDEX line_of_person ON line (person, seq)
--;
CREATE INDEX batch_lane ON batch (lane, ship_by, lane_since, id) WHERE lane <> 'done'
--;
CREATE INDEX batch_newest ON batch (registered_at DESC, id)
--;
CREATE INDEX batch_of_supplier ON batch (supplier, registered_at) WHERE supplier IS NOT NULL
--;
CREATE INDEX checking_open ON checking (person, state) WHERE state = 'open'
--;
CREATE INDEX checking_of_round ON checking (round)
--;
CREATE INDEX round_of_batch ON round (batch)
--;
CREATE INDEX finding_of_check ON finding (checking)
--;
CREATE INDEX finding_of_batch ON finding (batch)
--;
CREATE INDEX reading_of_check ON reading (checking)
--;
CREATE INDEX reading_of_batch ON reading (batch)
--;
CREATE INDEX sign_off_of_batch ON sign_off (batch)
--;
CREATE INDEX hold_of_batch ON hold (batch)
--;
CREATE INDEX shipment_of_batch ON shipment (batch)
--;
CREATE INDEX disposition_of_batch ON disposition (batch)
--;
CREATE INDEX reported_of_supplier ON reported_defect (supplier) WHERE supplier IS NOT NULL
--;
CREATE INDEX reported_of_batch ON reported_defect (batch) WHERE batch IS NOT NULL
--;
CREATE INDEX product_by_code ON procedure_product (product)
--;
CREATE TRIGGER event_verified BEFORE INSERT ON event
WHEN qc_verify(NEW.seq, NEW.body, NEW.sig, NEW.hash,
    (SELECT hash FROM event ORDER BY seq DESC LIMIT 1),
    (SELECT max(seq) FROM event)) IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
CREATE TRIGGER line_program_insert BEFORE INSERT ON line
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER line_program_update BEFORE UPDATE ON line
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER line_program_delete BEFORE DELETE ON line
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER workspace_program_insert BEFORE INSERT ON workspace
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER workspace_program_update BEFORE UPDATE ON workspace
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER workspace_program_delete BEFORE DELETE ON workspace
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER shop_program_insert BEFORE INSERT ON shop
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER shop_program_update BEFORE UPDATE ON shop
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER shop_program_delete BEFORE DELETE ON shop
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER person_program_insert BEFORE INSERT ON person
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER person_program_update BEFORE UPDATE ON person
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER person_program_delete BEFORE DELETE ON person
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER person_key_program_insert BEFORE INSERT ON person_key
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER person_key_program_update BEFORE UPDATE ON person_key
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER person_key_program_delete BEFORE DELETE ON person_key
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER role_grant_program_insert BEFORE INSERT ON role_grant
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER role_grant_program_update BEFORE UPDATE ON role_grant
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER role_grant_program_delete BEFORE DELETE ON role_grant
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER qualification_program_insert BEFORE INSERT ON qualification
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER qualification_program_update BEFORE UPDATE ON qualification
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER qualification_program_delete BEFORE DELETE ON qualification
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER session_program_insert BEFORE INSERT ON session
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER session_program_update BEFORE UPDATE ON session
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER session_program_delete BEFORE DELETE ON session
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER supplier_program_insert BEFORE INSERT ON supplier
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER supplier_program_update BEFORE UPDATE ON supplier
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER supplier_program_delete BEFORE DELETE ON supplier
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER product_program_insert BEFORE INSERT ON product
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER product_program_update BEFORE UPDATE ON product
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER product_program_delete BEFORE DELETE ON product
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER defect_code_program_insert BEFORE INSERT ON defect_code
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER defect_code_program_update BEFORE UPDATE ON defect_code
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER defect_code_program_delete BEFORE DELETE ON defect_code
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER instrument_program_insert BEFORE INSERT ON instrument
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER instrument_program_update BEFORE UPDATE ON instrument
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER instrument_program_delete BEFORE DELETE ON instrument
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER procedure_version_program_insert BEFORE INSERT ON procedure_version
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER procedure_version_program_update BEFORE UPDATE ON procedure_version
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER procedure_version_program_delete BEFORE DELETE ON procedure_version
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER procedure_product_program_insert BEFORE INSERT ON procedure_product
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER procedure_product_program_update BEFORE UPDATE ON procedure_product
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER procedure_product_program_delete BEFORE DELETE ON procedure_product
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER batch_program_insert BEFORE INSERT ON batch
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER batch_program_update BEFORE UPDATE ON batch
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER batch_program_delete BEFORE DELETE ON batch
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER batch_maker_program_insert BEFORE INSERT ON batch_maker
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER batch_maker_program_update BEFORE UPDATE ON batch_maker
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER batch_maker_program_delete BEFORE DELETE ON batch_maker
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER batch_reworker_program_insert BEFORE INSERT ON batch_reworker
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER batch_reworker_program_update BEFORE UPDATE ON batch_reworker
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER batch_reworker_program_delete BEFORE DELETE ON batch_reworker
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER hold_program_insert BEFORE INSERT ON hold
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER hold_program_update BEFORE UPDATE ON hold
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER hold_program_delete BEFORE DELETE ON hold
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER round_program_insert BEFORE INSERT ON round
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER round_program_update BEFORE UPDATE ON round
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER round_program_delete BEFORE DELETE ON round
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER checking_program_insert BEFORE INSERT ON checking
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER checking_program_update BEFORE UPDATE ON checking
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER checking_program_delete BEFORE DELETE ON checking
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER unit_result_program_insert BEFORE INSERT ON unit_result
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER unit_result_program_update BEFORE UPDATE ON unit_result
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER unit_result_program_delete BEFORE DELETE ON unit_result
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER finding_program_insert BEFORE INSERT ON finding
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER finding_program_update BEFORE UPDATE ON finding
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER finding_program_delete BEFORE DELETE ON finding
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER reading_program_insert BEFORE INSERT ON reading
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER reading_program_update BEFORE UPDATE ON reading
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER reading_program_delete BEFORE DELETE ON reading
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER sign_off_program_insert BEFORE INSERT ON sign_off
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER sign_off_program_update BEFORE UPDATE ON sign_off
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER sign_off_program_delete BEFORE DELETE ON sign_off
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER comparison_program_insert BEFORE INSERT ON comparison
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER comparison_program_update BEFORE UPDATE ON comparison
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER comparison_program_delete BEFORE DELETE ON comparison
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER decision_program_insert BEFORE INSERT ON decision
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER decision_program_update BEFORE UPDATE ON decision
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER decision_program_delete BEFORE DELETE ON decision
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER place_given_up_program_insert BEFORE INSERT ON place_given_up
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER place_given_up_program_update BEFORE UPDATE ON place_given_up
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER place_given_up_program_delete BEFORE DELETE ON place_given_up
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER first_seen_program_insert BEFORE INSERT ON first_seen
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER first_seen_program_update BEFORE UPDATE ON first_seen
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER first_seen_program_delete BEFORE DELETE ON first_seen
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER disposition_program_insert BEFORE INSERT ON disposition
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER disposition_program_update BEFORE UPDATE ON disposition
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER disposition_program_delete BEFORE DELETE ON disposition
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER shipment_program_insert BEFORE INSERT ON shipment
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER shipment_program_update BEFORE UPDATE ON shipment
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER shipment_program_delete BEFORE DELETE ON shipment
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER reported_defect_program_insert BEFORE INSERT ON reported_defect
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER reported_defect_program_update BEFORE UPDATE ON reported_defect
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER reported_defect_program_delete BEFORE DELETE ON reported_defect
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER imported_program_insert BEFORE INSERT ON imported
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER imported_program_update BEFORE UPDATE ON imported
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER imported_program_delete BEFORE DELETE ON imported
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER record_program_insert BEFORE INSERT ON record
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER record_program_update BEFORE UPDATE ON record
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER record_program_delete BEFORE DELETE ON record
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER sealed_key_program_insert BEFORE INSERT ON sealed_key
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER sealed_key_program_update BEFORE UPDATE ON sealed_key
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER sealed_key_program_delete BEFORE DELETE ON sealed_key
WHEN qc_writing() IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:program-only'); END
--;
CREATE TRIGGER line_no_replace BEFORE INSERT ON line
WHEN EXISTS (SELECT 1 FROM line WHERE seq IS NEW.seq)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER line_no_delete BEFORE DELETE ON line
WHEN 1
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER line_no_update BEFORE UPDATE ON line
WHEN 1
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER workspace_no_replace BEFORE INSERT ON workspace
WHEN EXISTS (SELECT 1 FROM workspace WHERE vault IS NEW.vault)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER workspace_no_delete BEFORE DELETE ON workspace
WHEN 1
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER workspace_no_update BEFORE UPDATE ON workspace
WHEN 1
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER shop_no_replace BEFORE INSERT ON shop
WHEN EXISTS (SELECT 1 FROM shop WHERE id IS NEW.id)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER shop_no_delete BEFORE DELETE ON shop
WHEN 1
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER shop_key_stays BEFORE UPDATE ON shop
WHEN NEW.id IS NOT OLD.id
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER person_no_replace BEFORE INSERT ON person
WHEN EXISTS (SELECT 1 FROM person WHERE id IS NEW.id) OR EXISTS (SELECT 1 FROM person WHERE login IS NEW.login AND NEW.login IS NOT NULL) OR EXISTS (SELECT 1 FROM person WHERE staff IS NEW.staff AND NEW.staff IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER person_no_delete BEFORE DELETE ON person
WHEN 1
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER person_key_stays BEFORE UPDATE ON person
WHEN NEW.id IS NOT OLD.id
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER person_key_no_replace BEFORE INSERT ON person_key
WHEN EXISTS (SELECT 1 FROM person_key WHERE key IS NEW.key)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER person_key_no_delete BEFORE DELETE ON person_key
WHEN 1
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER person_key_key_stays BEFORE UPDATE ON person_key
WHEN NEW.key IS NOT OLD.key
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER role_grant_no_replace BEFORE INSERT ON role_grant
WHEN EXISTS (SELECT 1 FROM role_grant WHERE person IS NEW.person AND role IS NEW.role)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER role_grant_key_stays BEFORE UPDATE ON role_grant
WHEN NEW.person IS NOT OLD.person OR NEW.role IS NOT OLD.role
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER qualification_no_replace BEFORE INSERT ON qualification
WHEN EXISTS (SELECT 1 FROM qualification WHERE person IS NEW.person AND procedure IS NEW.procedure)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER qualification_key_stays BEFORE UPDATE ON qualification
WHEN NEW.person IS NOT OLD.person OR NEW.procedure IS NOT OLD.procedure
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER session_no_replace BEFORE INSERT ON session
WHEN EXISTS (SELECT 1 FROM session WHERE id IS NEW.id)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER session_no_delete BEFORE DELETE ON session
WHEN 1
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER session_key_stays BEFORE UPDATE ON session
WHEN NEW.id IS NOT OLD.id
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER supplier_no_replace BEFORE INSERT ON supplier
WHEN EXISTS (SELECT 1 FROM supplier WHERE id IS NEW.id) OR EXISTS (SELECT 1 FROM supplier WHERE code IS NEW.code)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER supplier_no_delete BEFORE DELETE ON supplier
WHEN 1
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER supplier_key_stays BEFORE UPDATE ON supplier
WHEN NEW.id IS NOT OLD.id
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER product_no_replace BEFORE INSERT ON product
WHEN EXISTS (SELECT 1 FROM product WHERE id IS NEW.id) OR EXISTS (SELECT 1 FROM product WHERE code IS NEW.code AND revision IS NEW.revision)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER product_no_delete BEFORE DELETE ON product
WHEN 1
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER product_key_stays BEFORE UPDATE ON product
WHEN NEW.id IS NOT OLD.id
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER defect_code_no_replace BEFORE INSERT ON defect_code
WHEN EXISTS (SELECT 1 FROM defect_code WHERE code IS NEW.code)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER defect_code_no_delete BEFORE DELETE ON defect_code
WHEN 1
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER defect_code_key_stays BEFORE UPDATE ON defect_code
WHEN NEW.code IS NOT OLD.code
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER instrument_no_replace BEFORE INSERT ON instrument
WHEN EXISTS (SELECT 1 FROM instrument WHERE id IS NEW.id) OR EXISTS (SELECT 1 FROM instrument WHERE number IS NEW.number)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER instrument_no_delete BEFORE DELETE ON instrument
WHEN 1
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER instrument_key_stays BEFORE UPDATE ON instrument
WHEN NEW.id IS NOT OLD.id
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER procedure_version_no_replace BEFORE INSERT ON procedure_version
WHEN EXISTS (SELECT 1 FROM procedure_version WHERE code IS NEW.code AND version IS NEW.version)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER procedure_version_no_delete BEFORE DELETE ON procedure_version
WHEN 1
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER procedure_version_key_stays BEFORE UPDATE ON procedure_version
WHEN NEW.code IS NOT OLD.code OR NEW.version IS NOT OLD.version
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER procedure_product_no_replace BEFORE INSERT ON procedure_product
WHEN EXISTS (SELECT 1 FROM procedure_product WHERE code IS NEW.code AND version IS NEW.version AND product IS NEW.product)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER procedure_product_key_stays BEFORE UPDATE ON procedure_product
WHEN NEW.code IS NOT OLD.code OR NEW.version IS NOT OLD.version OR NEW.product IS NOT OLD.product
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER batch_no_replace BEFORE INSERT ON batch
WHEN EXISTS (SELECT 1 FROM batch WHERE id IS NEW.id) OR EXISTS (SELECT 1 FROM batch WHERE number IS NEW.number)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER batch_no_delete BEFORE DELETE ON batch
WHEN 1
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER batch_key_stays BEFORE UPDATE ON batch
WHEN NEW.id IS NOT OLD.id
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER batch_maker_no_replace BEFORE INSERT ON batch_maker
WHEN EXISTS (SELECT 1 FROM batch_maker WHERE batch IS NEW.batch AND person IS NEW.person)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER batch_maker_key_stays BEFORE UPDATE ON batch_maker
WHEN NEW.batch IS NOT OLD.batch OR NEW.person IS NOT OLD.person
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER batch_reworker_no_replace BEFORE INSERT ON batch_reworker
WHEN EXISTS (SELECT 1 FROM batch_reworker WHERE batch IS NEW.batch AND person IS NEW.person AND seq IS NEW.seq)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER batch_reworker_no_delete BEFORE DELETE ON batch_reworker
WHEN 1
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER batch_reworker_no_update BEFORE UPDATE ON batch_reworker
WHEN 1
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER hold_no_replace BEFORE INSERT ON hold
WHEN EXISTS (SELECT 1 FROM hold WHERE id IS NEW.id)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER hold_no_delete BEFORE DELETE ON hold
WHEN 1
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER hold_key_stays BEFORE UPDATE ON hold
WHEN NEW.id IS NOT OLD.id
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER round_no_replace BEFORE INSERT ON round
WHEN EXISTS (SELECT 1 FROM round WHERE id IS NEW.id) OR EXISTS (SELECT 1 FROM round WHERE batch IS NEW.batch AND no IS NEW.no)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER round_no_delete BEFORE DELETE ON round
WHEN 1
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER round_no_update BEFORE UPDATE ON round
WHEN 1
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER checking_no_replace BEFORE INSERT ON checking
WHEN EXISTS (SELECT 1 FROM checking WHERE id IS NEW.id)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER checking_no_delete BEFORE DELETE ON checking
WHEN 1
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER checking_key_stays BEFORE UPDATE ON checking
WHEN NEW.id IS NOT OLD.id
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER unit_result_no_replace BEFORE INSERT ON unit_result
WHEN EXISTS (SELECT 1 FROM unit_result WHERE checking IS NEW.checking AND unit IS NEW.unit)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER unit_result_no_delete BEFORE DELETE ON unit_result
WHEN 1
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER unit_result_key_stays BEFORE UPDATE ON unit_result
WHEN NEW.checking IS NOT OLD.checking OR NEW.unit IS NOT OLD.unit
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER finding_no_replace BEFORE INSERT ON finding
WHEN EXISTS (SELECT 1 FROM finding WHERE id IS NEW.id)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER finding_no_delete BEFORE DELETE ON finding
WHEN 1
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER finding_key_stays BEFORE UPDATE ON finding
WHEN NEW.id IS NOT OLD.id
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER reading_no_replace BEFORE INSERT ON reading
WHEN EXISTS (SELECT 1 FROM reading WHERE id IS NEW.id)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER reading_no_delete BEFORE DELETE ON reading
WHEN 1
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER reading_key_stays BEFORE UPDATE ON reading
WHEN NEW.id IS NOT OLD.id
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER sign_off_no_replace BEFORE INSERT ON sign_off
WHEN EXISTS (SELECT 1 FROM sign_off WHERE seq IS NEW.seq) OR EXISTS (SELECT 1 FROM sign_off WHERE round IS NEW.round AND place IS NEW.place)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER sign_off_no_delete BEFORE DELETE ON sign_off
WHEN 1
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER sign_off_key_stays BEFORE UPDATE ON sign_off
WHEN NEW.seq IS NOT OLD.seq
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER comparison_no_replace BEFORE INSERT ON comparison
WHEN EXISTS (SELECT 1 FROM comparison WHERE round IS NEW.round)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER comparison_no_delete BEFORE DELETE ON comparison
WHEN 1
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER comparison_no_update BEFORE UPDATE ON comparison
WHEN 1
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER decision_no_replace BEFORE INSERT ON decision
WHEN EXISTS (SELECT 1 FROM decision WHERE round IS NEW.round)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER decision_no_delete BEFORE DELETE ON decision
WHEN 1
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER decision_no_update BEFORE UPDATE ON decision
WHEN 1
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER place_given_up_no_replace BEFORE INSERT ON place_given_up
WHEN EXISTS (SELECT 1 FROM place_given_up WHERE round IS NEW.round AND person IS NEW.person)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER place_given_up_no_delete BEFORE DELETE ON place_given_up
WHEN 1
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER place_given_up_no_update BEFORE UPDATE ON place_given_up
WHEN 1
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER first_seen_no_replace BEFORE INSERT ON first_seen
WHEN EXISTS (SELECT 1 FROM first_seen WHERE round IS NEW.round AND person IS NEW.person)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER first_seen_no_delete BEFORE DELETE ON first_seen
WHEN 1
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER first_seen_no_update BEFORE UPDATE ON first_seen
WHEN 1
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER disposition_no_replace BEFORE INSERT ON disposition
WHEN EXISTS (SELECT 1 FROM disposition WHERE seq IS NEW.seq)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER disposition_no_delete BEFORE DELETE ON disposition
WHEN 1
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER disposition_no_update BEFORE UPDATE ON disposition
WHEN 1
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER shipment_no_replace BEFORE INSERT ON shipment
WHEN EXISTS (SELECT 1 FROM shipment WHERE id IS NEW.id)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER shipment_no_delete BEFORE DELETE ON shipment
WHEN 1
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER shipment_no_update BEFORE UPDATE ON shipment
WHEN 1
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER reported_defect_no_replace BEFORE INSERT ON reported_defect
WHEN EXISTS (SELECT 1 FROM reported_defect WHERE id IS NEW.id)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER reported_defect_no_delete BEFORE DELETE ON reported_defect
WHEN 1
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER reported_defect_no_update BEFORE UPDATE ON reported_defect
WHEN 1
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER imported_no_replace BEFORE INSERT ON imported
WHEN EXISTS (SELECT 1 FROM imported WHERE seq IS NEW.seq)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER imported_no_delete BEFORE DELETE ON imported
WHEN 1
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER imported_no_update BEFORE UPDATE ON imported
WHEN 1
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER event_no_replace BEFORE INSERT ON event
WHEN EXISTS (SELECT 1 FROM event WHERE seq IS NEW.seq) OR EXISTS (SELECT 1 FROM event WHERE hash IS NEW.hash)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER event_no_delete BEFORE DELETE ON event
WHEN 1
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER event_no_update BEFORE UPDATE ON event
WHEN 1
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER record_no_replace BEFORE INSERT ON record
WHEN EXISTS (SELECT 1 FROM record WHERE sha256 IS NEW.sha256)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER record_no_delete BEFORE DELETE ON record
WHEN 1
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER record_no_update BEFORE UPDATE ON record
WHEN 1
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER sealed_key_no_replace BEFORE INSERT ON sealed_key
WHEN EXISTS (SELECT 1 FROM sealed_key WHERE key IS NEW.key)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER sealed_key_key_stays BEFORE UPDATE ON sealed_key
WHEN NEW.key IS NOT OLD.key
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER sign_off_signed_stays BEFORE UPDATE ON sign_off
WHEN NEW.seq IS NOT OLD.seq OR NEW.batch IS NOT OLD.batch OR NEW.round IS NOT OLD.round OR NEW.place IS NOT OLD.place OR NEW.person IS NOT OLD.person OR NEW.key IS NOT OLD.key OR NEW.checking IS NOT OLD.checking OR NEW.meaning IS NOT OLD.meaning OR NEW.verdict IS NOT OLD.verdict OR NEW.record IS NOT OLD.record OR NEW.at IS NOT OLD.at OR NEW.maker IS NOT OLD.maker
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER finding_signed_stays BEFORE UPDATE ON finding
WHEN NEW.id IS NOT OLD.id OR NEW.checking IS NOT OLD.checking OR NEW.round IS NOT OLD.round OR NEW.batch IS NOT OLD.batch OR NEW.unit IS NOT OLD.unit OR NEW.code IS NOT OLD.code OR NEW.defect_class IS NOT OLD.defect_class OR NEW.count IS NOT OLD.count OR NEW.place IS NOT OLD.place OR NEW.note IS NOT OLD.note OR NEW.photo IS NOT OLD.photo OR NEW.at IS NOT OLD.at OR NEW.seq IS NOT OLD.seq
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER reading_signed_stays BEFORE UPDATE ON reading
WHEN NEW.id IS NOT OLD.id OR NEW.checking IS NOT OLD.checking OR NEW.round IS NOT OLD.round OR NEW.batch IS NOT OLD.batch OR NEW.unit IS NOT OLD.unit OR NEW.characteristic IS NOT OLD.characteristic OR NEW.typed IS NOT OLD.typed OR NEW.value IS NOT OLD.value OR NEW.measure IS NOT OLD.measure OR NEW.inside IS NOT OLD.inside OR NEW.defect_class IS NOT OLD.defect_class OR NEW.instrument IS NOT OLD.instrument OR NEW.calibrated_until IS NOT OLD.calibrated_until OR NEW.at IS NOT OLD.at OR NEW.reason IS NOT OLD.reason OR NEW.seq IS NOT OLD.seq
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER hold_signed_stays BEFORE UPDATE ON hold
WHEN NEW.id IS NOT OLD.id OR NEW.batch IS NOT OLD.batch OR NEW.kind IS NOT OLD.kind OR NEW.reason IS NOT OLD.reason OR NEW.person IS NOT OLD.person OR NEW.at IS NOT OLD.at OR NEW.seq IS NOT OLD.seq
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER checking_signed_stays BEFORE UPDATE ON checking
WHEN NEW.id IS NOT OLD.id OR NEW.round IS NOT OLD.round OR NEW.batch IS NOT OLD.batch OR NEW.place IS NOT OLD.place OR NEW.person IS NOT OLD.person OR NEW.started_at IS NOT OLD.started_at OR NEW.seq IS NOT OLD.seq
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER session_signed_stays BEFORE UPDATE ON session
WHEN NEW.id IS NOT OLD.id OR NEW.person IS NOT OLD.person OR NEW.key IS NOT OLD.key OR NEW.public_key IS NOT OLD.public_key OR NEW.opened IS NOT OLD.opened
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER person_key_signed_stays BEFORE UPDATE ON person_key
WHEN NEW.key IS NOT OLD.key OR NEW.person IS NOT OLD.person OR NEW.public_key IS NOT OLD.public_key OR NEW.from_seq IS NOT OLD.from_seq
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER finding_withdrawn_stays BEFORE UPDATE ON finding
WHEN OLD.withdrawn IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER sign_off_standing_once BEFORE UPDATE ON sign_off
WHEN NEW.standing IS NOT 0
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER session_closed_once BEFORE UPDATE ON session
WHEN OLD.closed IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER finding_open_insert BEFORE INSERT ON finding
WHEN (SELECT state FROM checking WHERE id IS NEW.checking) IS NOT 'open'
BEGIN SELECT RAISE(ABORT, 'rule:check-closed'); END
--;
CREATE TRIGGER finding_open_update BEFORE UPDATE ON finding
WHEN (SELECT state FROM checking WHERE id IS NEW.checking) IS NOT 'open'
BEGIN SELECT RAISE(ABORT, 'rule:check-closed'); END
--;
CREATE TRIGGER finding_own BEFORE INSERT ON finding
WHEN (SELECT person FROM checking WHERE id IS NEW.checking) IS NOT (SELECT person FROM line WHERE seq IS NEW.seq)
BEGIN SELECT RAISE(ABORT, 'rule:not-your-check'); END
--;
CREATE TRIGGER reading_open_insert BEFORE INSERT ON reading
WHEN (SELECT state FROM checking WHERE id IS NEW.checking) IS NOT 'open'
BEGIN SELECT RAISE(ABORT, 'rule:check-closed'); END
--;
CREATE TRIGGER reading_open_update BEFORE UPDATE ON reading
WHEN (SELECT state FROM checking WHERE id IS NEW.checking) IS NOT 'open'
BEGIN SELECT RAISE(ABORT, 'rule:check-closed'); END
--;
CREATE TRIGGER reading_own BEFORE INSERT ON reading
WHEN (SELECT person FROM checking WHERE id IS NEW.checking) IS NOT (SELECT person FROM line WHERE seq IS NEW.seq)
BEGIN SELECT RAISE(ABORT, 'rule:not-your-check'); END
--;
CREATE TRIGGER unit_result_open_insert BEFORE INSERT ON unit_result
WHEN (SELECT state FROM checking WHERE id IS NEW.checking) IS NOT 'open'
BEGIN SELECT RAISE(ABORT, 'rule:check-closed'); END
--;
CREATE TRIGGER unit_result_open_update BEFORE UPDATE ON unit_result
WHEN (SELECT state FROM checking WHERE id IS NEW.checking) IS NOT 'open'
BEGIN SELECT RAISE(ABORT, 'rule:check-closed'); END
--;
CREATE TRIGGER unit_result_own BEFORE INSERT ON unit_result
WHEN (SELECT person FROM checking WHERE id IS NEW.checking) IS NOT (SELECT person FROM line WHERE seq IS NEW.seq)
BEGIN SELECT RAISE(ABORT, 'rule:not-your-check'); END
--;
CREATE TRIGGER checking_place_once BEFORE INSERT ON checking
WHEN NEW.state IS NOT 'open' OR EXISTS (SELECT 1 FROM checking WHERE round IS NEW.round AND place IS NEW.place
    AND state IN ('open', 'signed'))
BEGIN SELECT RAISE(ABORT, 'rule:place-taken'); END
--;
CREATE TRIGGER checking_other_person BEFORE INSERT ON checking
WHEN NEW.place IS NOT 'first' AND EXISTS (SELECT 1 FROM checking WHERE round IS NEW.round AND person IS NEW.person
    AND place IS NOT NEW.place AND state IN ('open', 'signed'))
BEGIN SELECT RAISE(ABORT, 'rule:same-person'); END
--;
CREATE TRIGGER checking_state BEFORE UPDATE ON checking
WHEN NOT ((OLD.state IS 'open' AND NEW.state IN ('open', 'signed', 'set_aside')) OR (OLD.state IS 'signed' AND NEW.state IN ('signed', 'retracted')))
BEGIN SELECT RAISE(ABORT, 'rule:check-closed'); END
--;
CREATE TRIGGER checking_signed_has_sign_off BEFORE UPDATE ON checking
WHEN NEW.state IS 'signed' AND NOT EXISTS (SELECT 1 FROM sign_off WHERE checking IS NEW.id AND seq IS NEW.signed)
BEGIN SELECT RAISE(ABORT, 'rule:four-eyes'); END
--;
CREATE TRIGGER sign_off_once BEFORE INSERT ON sign_off
WHEN EXISTS (SELECT 1 FROM sign_off WHERE round IS NEW.round AND (place IS NEW.place OR (person IS NEW.person
    AND place IN ('first', 'second', 'third') AND NEW.place IN ('first', 'second', 'third'))))
BEGIN SELECT RAISE(ABORT, 'rule:same-person'); END
--;
CREATE TRIGGER sign_off_release_not_first BEFORE INSERT ON sign_off
WHEN NEW.place IS 'release' AND EXISTS (SELECT 1 FROM sign_off WHERE round IS NEW.round AND place IS 'first' AND person IS NEW.person)
BEGIN SELECT RAISE(ABORT, 'rule:same-person'); END
--;
CREATE TRIGGER sign_off_not_maker BEFORE INSERT ON sign_off
WHEN NEW.place IS NOT 'first' AND EXISTS (SELECT 1 FROM batch_maker WHERE batch IS NEW.batch AND person IS NEW.person)
BEGIN SELECT RAISE(ABORT, 'rule:maker'); END
--;
CREATE TRIGGER sign_off_not_reworker BEFORE INSERT ON sign_off
WHEN NEW.place IS NOT 'first' AND EXISTS (SELECT 1 FROM batch_reworker WHERE batch IS NEW.batch AND person IS NEW.person)
BEGIN SELECT RAISE(ABORT, 'rule:reworker'); END
--;
CREATE TRIGGER sign_off_maker_first BEFORE INSERT ON sign_off
WHEN NEW.place IS 'first' AND (EXISTS (SELECT 1 FROM batch_maker WHERE batch IS NEW.batch AND person IS NEW.person)
    OR EXISTS (SELECT 1 FROM batch_reworker WHERE batch IS NEW.batch AND person IS NEW.person))
    AND (SELECT json_extract(opened, '$.procedure.content.maker_may_check_first') FROM round WHERE id IS NEW.round) IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:maker-first'); END
--;
CREATE TRIGGER sign_off_not_seen BEFORE INSERT ON sign_off
WHEN NEW.place IS 'second' AND EXISTS (SELECT 1 FROM first_seen WHERE round IS NEW.round AND person IS NEW.person)
BEGIN SELECT RAISE(ABORT, 'rule:seen-first'); END
--;
CREATE TRIGGER sign_off_not_given_up BEFORE INSERT ON sign_off
WHEN NEW.place IS 'second' AND EXISTS (SELECT 1 FROM place_given_up WHERE round IS NEW.round AND person IS NEW.person)
BEGIN SELECT RAISE(ABORT, 'rule:gave-up-place'); END
--;
CREATE TRIGGER sign_off_order BEFORE INSERT ON sign_off
WHEN (NEW.place IS 'second' AND NOT EXISTS (SELECT 1 FROM sign_off WHERE round IS NEW.round AND place IS 'first' AND standing IS 1))
    OR (NEW.place IN ('third', 'release') AND NOT EXISTS (SELECT 1 FROM comparison WHERE round IS NEW.round))
BEGIN SELECT RAISE(ABORT, 'rule:four-eyes'); END
--;
CREATE TRIGGER sign_off_third BEFORE INSERT ON sign_off
WHEN NEW.place IS 'third' AND (SELECT outcome FROM comparison WHERE round IS NEW.round) IS NOT 'disagreed'
BEGIN SELECT RAISE(ABORT, 'rule:state'); END
--;
CREATE TRIGGER sign_off_by_its_event BEFORE INSERT ON sign_off
WHEN NEW.standing IS NOT 1 OR NOT EXISTS (SELECT 1 FROM line WHERE seq IS NEW.seq AND person IS NEW.person AND batch IS NEW.batch
    AND type IS CASE NEW.place WHEN 'third' THEN 'round.decided' WHEN 'release' THEN 'batch.released' ELSE 'check.signed' END)
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
CREATE TRIGGER sign_off_own_check BEFORE INSERT ON sign_off
WHEN NEW.place IS NOT 'release' AND NOT EXISTS (SELECT 1 FROM checking WHERE id IS NEW.checking AND round IS NEW.round
    AND place IS NEW.place AND person IS NEW.person AND state IS 'open')
BEGIN SELECT RAISE(ABORT, 'rule:not-your-check'); END
--;
CREATE TRIGGER sign_off_role BEFORE INSERT ON sign_off
WHEN NOT EXISTS (SELECT 1 FROM role_grant r JOIN person p ON p.id = r.person WHERE r.person IS NEW.person AND p.status IS 'active'
    AND r.role IS CASE NEW.place WHEN 'third' THEN 'arbiter' WHEN 'release' THEN 'releaser' ELSE 'inspector' END)
BEGIN SELECT RAISE(ABORT, 'rule:role'); END
--;
CREATE TRIGGER sign_off_release_accepted BEFORE INSERT ON sign_off
WHEN NEW.place IS 'release' AND NOT (
    (SELECT count(*) FROM sign_off WHERE round IS NEW.round AND place IN ('first', 'second') AND standing IS 1) IS 2
    AND (SELECT coalesce((SELECT outcome FROM decision WHERE round IS NEW.round),
        (SELECT outcome FROM comparison WHERE round IS NEW.round))) IS 'accepted'
    AND (SELECT state FROM batch WHERE id IS NEW.batch) IS 'accepted'
    AND (SELECT round FROM batch WHERE id IS NEW.batch) IS NEW.round)
BEGIN SELECT RAISE(ABORT, 'rule:four-eyes'); END
--;
CREATE TRIGGER sign_off_release_not_held BEFORE INSERT ON sign_off
WHEN NEW.place IS 'release' AND (SELECT held FROM batch WHERE id IS NEW.batch) IS NOT 0
BEGIN SELECT RAISE(ABORT, 'rule:held'); END
--;
CREATE TRIGGER comparison_of_two BEFORE INSERT ON comparison
WHEN (SELECT count(*) FROM sign_off WHERE round IS NEW.round AND place IN ('first', 'second') AND standing IS 1) IS NOT 2
BEGIN SELECT RAISE(ABORT, 'rule:four-eyes'); END
--;
CREATE TRIGGER decision_signed BEFORE INSERT ON decision
WHEN NOT EXISTS (SELECT 1 FROM sign_off WHERE round IS NEW.round AND place IS 'third' AND person IS NEW.person AND verdict IS NEW.outcome)
BEGIN SELECT RAISE(ABORT, 'rule:four-eyes'); END
--;
CREATE TRIGGER batch_begins_registered BEFORE INSERT ON batch
WHEN NEW.state IS NOT 'registered' OR NEW.held IS NOT 0 OR NEW.released IS NOT 0 OR NEW.shipped IS NOT 0 OR NEW.round IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'rule:state'); END
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
    OR (OLD.state IS 'released_under_concession' AND NEW.state IN ('withdrawn')))
BEGIN SELECT RAISE(ABORT, 'rule:state'); END
--;
CREATE TRIGGER batch_compared BEFORE UPDATE ON batch
WHEN NEW.state IS NOT OLD.state AND NEW.state IN ('accepted', 'disagreed')
    AND NEW.state IS NOT coalesce((SELECT outcome FROM decision WHERE round IS NEW.round), (SELECT outcome FROM comparison WHERE round IS NEW.round))
BEGIN SELECT RAISE(ABORT, 'rule:four-eyes'); END
--;
CREATE TRIGGER batch_released BEFORE UPDATE ON batch
WHEN NEW.state IS 'released' AND OLD.state IS NOT 'released' AND NOT (
    EXISTS (SELECT 1 FROM sign_off WHERE round IS NEW.round AND place IS 'release' AND batch IS NEW.id)
    AND (SELECT count(DISTINCT person) FROM sign_off WHERE round IS NEW.round AND place IN ('first', 'second') AND standing IS 1) IS 2
    AND EXISTS (SELECT 1 FROM comparison WHERE round IS NEW.round) AND NEW.held IS 0)
BEGIN SELECT RAISE(ABORT, 'rule:four-eyes'); END
--;
CREATE TRIGGER batch_released_quantity BEFORE UPDATE ON batch
WHEN NEW.released IS NOT OLD.released AND (OLD.released IS NOT 0 OR NEW.released > NEW.quantity
    OR NOT EXISTS (SELECT 1 FROM sign_off WHERE round IS NEW.round AND place IS 'release' AND batch IS NEW.id))
BEGIN SELECT RAISE(ABORT, 'rule:four-eyes'); END
--;
CREATE TRIGGER batch_pinned BEFORE UPDATE ON batch
WHEN OLD.round IS NOT NULL AND (NEW.number IS NOT OLD.number OR NEW.quantity IS NOT OLD.quantity OR NEW.product IS NOT OLD.product
    OR NEW.supplier IS NOT OLD.supplier)
BEGIN SELECT RAISE(ABORT, 'rule:state'); END
--;
CREATE TRIGGER batch_shipped BEFORE UPDATE ON batch
WHEN NEW.shipped IS NOT OLD.shipped AND (NEW.shipped IS NOT (SELECT coalesce(sum(quantity), 0) FROM shipment WHERE batch IS NEW.id)
    OR NEW.shipped > NEW.released)
BEGIN SELECT RAISE(ABORT, 'rule:more-than-released'); END
--;
CREATE TRIGGER batch_hold_lifts BEFORE UPDATE ON batch
WHEN OLD.held IS 1 AND NEW.held IS NOT 1
    AND NOT EXISTS (SELECT 1 FROM hold WHERE id IS OLD.hold AND batch IS NEW.id AND lifted IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'rule:two-needed'); END
--;
CREATE TRIGGER hold_lifted_by_two BEFORE UPDATE ON hold
WHEN NEW.lifted IS NOT OLD.lifted AND (OLD.lifted IS NOT NULL OR NEW.lifted IS NOT (SELECT max(seq) FROM line) OR NOT EXISTS (
    SELECT 1 FROM line WHERE seq IS NEW.lifted AND type IS 'batch.lifted' AND batch IS NEW.batch))
BEGIN SELECT RAISE(ABORT, 'rule:two-needed'); END
--;
CREATE TRIGGER batch_maker_pinned BEFORE DELETE ON batch_maker
WHEN (SELECT round_no FROM batch WHERE id IS OLD.batch) IS NOT 0
BEGIN SELECT RAISE(ABORT, 'rule:state'); END
--;
CREATE TRIGGER batch_maker_stays BEFORE UPDATE ON batch_maker
WHEN 1
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER shipment_of_released BEFORE INSERT ON shipment
WHEN (SELECT state FROM batch WHERE id IS NEW.batch) NOT IN ('released', 'released_under_concession')
BEGIN SELECT RAISE(ABORT, 'rule:four-eyes'); END
--;
CREATE TRIGGER shipment_not_held BEFORE INSERT ON shipment
WHEN (SELECT held FROM batch WHERE id IS NEW.batch) IS NOT 0
BEGIN SELECT RAISE(ABORT, 'rule:held'); END
--;
CREATE TRIGGER shipment_not_more BEFORE INSERT ON shipment
WHEN NEW.quantity + (SELECT coalesce(sum(quantity), 0) FROM shipment WHERE batch IS NEW.batch)
    > (SELECT released FROM batch WHERE id IS NEW.batch)
BEGIN SELECT RAISE(ABORT, 'rule:more-than-released'); END
--;
CREATE TRIGGER procedure_version_approved_stays BEFORE UPDATE ON procedure_version
WHEN OLD.state IS NOT 'draft' AND (NEW.content IS NOT OLD.content OR NEW.hash IS NOT OLD.hash OR NEW.author IS NOT OLD.author OR NEW.state IN ('draft', 'approved') AND NEW.state IS NOT OLD.state)
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER procedure_version_other_approves BEFORE UPDATE ON procedure_version
WHEN NEW.state IS 'approved' AND (NEW.approved_by IS NULL OR NEW.approved_by IS NEW.author)
BEGIN SELECT RAISE(ABORT, 'rule:author-approves'); END
--;
CREATE TRIGGER procedure_version_begins_draft BEFORE INSERT ON procedure_version
WHEN NEW.state IS NOT 'draft'
BEGIN SELECT RAISE(ABORT, 'rule:procedure-state'); END
--;
CREATE TRIGGER role_grant_by_two BEFORE INSERT ON role_grant
WHEN NEW.seq IS NOT (SELECT max(seq) FROM line) OR NOT EXISTS (
    SELECT 1 FROM line WHERE seq IS NEW.seq AND type IN ('workspace.opened', 'person.enrolled', 'role.granted'))
BEGIN SELECT RAISE(ABORT, 'rule:grant-alone'); END
--;
CREATE TRIGGER role_grant_by_two_again BEFORE UPDATE ON role_grant
WHEN NEW.seq IS NOT (SELECT max(seq) FROM line) OR NOT EXISTS (
    SELECT 1 FROM line WHERE seq IS NEW.seq AND type IS 'role.granted')
BEGIN SELECT RAISE(ABORT, 'rule:grant-alone'); END
--;
CREATE TRIGGER person_key_by_enrolment BEFORE INSERT ON person_key
WHEN NEW.from_seq IS NOT (SELECT max(seq) FROM line) OR NOT EXISTS (
    SELECT 1 FROM line WHERE seq IS NEW.from_seq AND type IN ('workspace.opened', 'person.enrolled'))
BEGIN SELECT RAISE(ABORT, 'rule:grant-alone'); END
--;
CREATE TRIGGER batch_round_forward BEFORE UPDATE ON batch
WHEN NEW.round_no < OLD.round_no OR (NEW.round IS NOT OLD.round
    AND NOT EXISTS (SELECT 1 FROM round WHERE id IS NEW.round AND batch IS NEW.id AND no IS NEW.round_no AND no > OLD.round_no))
BEGIN SELECT RAISE(ABORT, 'rule:state'); END
--;
CREATE TRIGGER batch_again_once BEFORE UPDATE ON batch
WHEN NEW.again_used < OLD.again_used
BEGIN SELECT RAISE(ABORT, 'rule:state'); END
--;
CREATE TRIGGER batch_hold_stands BEFORE UPDATE ON batch
WHEN NEW.held IS 1 AND NEW.hold IS NOT OLD.hold
    AND NOT EXISTS (SELECT 1 FROM hold WHERE id IS NEW.hold AND batch IS NEW.id AND lifted IS NULL)
BEGIN SELECT RAISE(ABORT, 'rule:two-needed'); END
--;
CREATE TRIGGER person_key_ends_once BEFORE UPDATE ON person_key
WHEN OLD.until_seq IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER person_status_by_event BEFORE UPDATE ON person
WHEN NEW.status IS NOT OLD.status AND NOT EXISTS (SELECT 1 FROM line WHERE seq IS (SELECT max(seq) FROM line)
    AND type IS CASE NEW.status WHEN 'suspended' THEN 'person.suspended' WHEN 'active' THEN 'person.lifted' END)
BEGIN SELECT RAISE(ABORT, 'rule:grant-alone'); END
--;
CREATE TRIGGER session_by_its_event BEFORE INSERT ON session
WHEN NEW.closed IS NOT NULL OR NEW.opened IS NOT (SELECT max(seq) FROM line) OR NOT EXISTS (
    SELECT 1 FROM line WHERE seq IS NEW.opened AND type IS 'session.opened' AND person IS NEW.person)
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
CREATE TRIGGER comparison_by_its_event BEFORE INSERT ON comparison
WHEN NEW.seq IS NOT (SELECT max(seq) FROM line) OR NOT EXISTS (
    SELECT 1 FROM line WHERE seq IS NEW.seq AND type IS 'round.compared' AND round IS NEW.round AND batch IS NEW.batch)
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
CREATE TRIGGER disposition_by_two BEFORE INSERT ON disposition
WHEN NEW.confirmed_by IS '' OR NEW.confirmed_by IS NEW.person
BEGIN SELECT RAISE(ABORT, 'rule:two-needed'); END
--;
CREATE TRIGGER reading_replaced_once BEFORE UPDATE ON reading
WHEN NEW.replaced IS NOT 1
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER unit_result_own_update BEFORE UPDATE ON unit_result
WHEN (SELECT person FROM checking WHERE id IS NEW.checking) IS NOT (SELECT person FROM line WHERE seq IS NEW.seq)
BEGIN SELECT RAISE(ABORT, 'rule:not-your-check'); END
--;
CREATE TRIGGER procedure_version_approved_by_event BEFORE UPDATE ON procedure_version
WHEN NEW.state IS 'approved' AND OLD.state IS NOT 'approved' AND NOT EXISTS (
    SELECT 1 FROM line WHERE seq IS (SELECT max(seq) FROM line) AND type IS 'procedure.approved' AND person IS NEW.approved_by)
BEGIN SELECT RAISE(ABORT, 'rule:unverified'); END
--;
CREATE TRIGGER procedure_product_of_draft BEFORE INSERT ON procedure_product
WHEN (SELECT state FROM procedure_version WHERE code IS NEW.code AND version IS NEW.version) IS NOT 'draft'
BEGIN SELECT RAISE(ABORT, 'rule:procedure-state'); END
--;
CREATE TRIGGER procedure_product_of_draft_gone BEFORE DELETE ON procedure_product
WHEN (SELECT state FROM procedure_version WHERE code IS OLD.code AND version IS OLD.version) IS NOT 'draft'
BEGIN SELECT RAISE(ABORT, 'rule:procedure-state'); END
--;
CREATE TRIGGER procedure_product_stays BEFORE UPDATE ON procedure_product
WHEN 1
BEGIN SELECT RAISE(ABORT, 'rule:append-only'); END
--;
CREATE TRIGGER sign_off_release_third BEFORE INSERT ON sign_off
WHEN NEW.place IS 'release' AND (SELECT third_releases FROM shop) IS 1
    AND EXISTS (SELECT 1 FROM sign_off WHERE round IS NEW.round AND place IS 'second' AND person IS NEW.person)
BEGIN SELECT RAISE(ABORT, 'rule:third-releases'); END
