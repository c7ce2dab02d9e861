-- SPDX-License-Identifier: Apache-2.0
-- First schema, PostgreSQL: statements end with a line that holds only two dashes and a semicolon.
CREATE TABLE event (
    seq BIGINT NOT NULL PRIMARY KEY CHECK (seq >= 1),
    body BYTEA NOT NULL,
    sig BYTEA NOT NULL CHECK (length(sig) = 64),
    hash BYTEA NOT NULL UNIQUE CHECK (length(hash) = 32)
)
--;
CREATE TABLE line (
    seq BIGINT NOT NULL REFERENCES event (seq),
    type TEXT NOT NULL,
    person TEXT,
    session TEXT,
    at BIGINT NOT NULL,
    act BIGINT NOT NULL,
    station TEXT NOT NULL,
    batch TEXT,
    round TEXT,
    checking TEXT,
    PRIMARY KEY (seq)
)
--;
CREATE TABLE workspace (
    vault TEXT NOT NULL,
    opened BIGINT NOT NULL,
    recovery_key TEXT NOT NULL,
    PRIMARY KEY (vault)
)
--;
CREATE TABLE shop (
    id BIGINT NOT NULL,
    name TEXT NOT NULL,
    address TEXT NOT NULL,
    logo TEXT,
    paper TEXT NOT NULL,
    third_releases BIGINT NOT NULL,
    seq BIGINT NOT NULL REFERENCES event (seq),
    PRIMARY KEY (id),
    CHECK (id = 1)
)
--;
CREATE TABLE person (
    id TEXT NOT NULL CHECK (length(id) = 32),
    login TEXT,
    name TEXT NOT NULL,
    staff TEXT,
    status TEXT NOT NULL,
    languages TEXT NOT NULL,
    enrolled_by TEXT NOT NULL,
    since BIGINT NOT NULL,
    seq BIGINT NOT NULL REFERENCES event (seq),
    PRIMARY KEY (id),
    UNIQUE (login),
    UNIQUE (staff),
    CHECK (status IN ('active', 'suspended', 'listed'))
)
--;
CREATE TABLE person_key (
    key TEXT NOT NULL,
    person TEXT NOT NULL REFERENCES person (id),
    public_key TEXT NOT NULL,
    from_seq BIGINT NOT NULL,
    until_seq BIGINT,
    PRIMARY KEY (key)
)
--;
CREATE TABLE role_grant (
    person TEXT NOT NULL REFERENCES person (id),
    role TEXT NOT NULL,
    families TEXT NOT NULL,
    until TEXT,
    seq BIGINT NOT NULL REFERENCES event (seq),
    PRIMARY KEY (person, role)
)
--;
CREATE TABLE qualification (
    person TEXT NOT NULL REFERENCES person (id),
    procedure TEXT NOT NULL,
    until TEXT,
    seq BIGINT NOT NULL REFERENCES event (seq),
    PRIMARY KEY (person, procedure)
)
--;
CREATE TABLE session (
    id TEXT NOT NULL CHECK (length(id) = 32),
    person TEXT NOT NULL REFERENCES person (id),
    key TEXT NOT NULL,
    public_key TEXT NOT NULL,
    opened BIGINT NOT NULL,
    closed BIGINT,
    PRIMARY KEY (id)
)
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
    seq BIGINT NOT NULL REFERENCES event (seq),
    PRIMARY KEY (id),
    UNIQUE (code)
)
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
    seq BIGINT NOT NULL REFERENCES event (seq),
    PRIMARY KEY (id),
    UNIQUE (code, revision)
)
--;
CREATE TABLE defect_code (
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    defect_class TEXT NOT NULL,
    names TEXT NOT NULL,
    note TEXT NOT NULL,
    retired BIGINT NOT NULL,
    source TEXT,
    seq BIGINT NOT NULL REFERENCES event (seq),
    PRIMARY KEY (code)
)
--;
CREATE TABLE instrument (
    id TEXT NOT NULL CHECK (length(id) = 32),
    number TEXT NOT NULL,
    kind TEXT NOT NULL,
    calibrated_until TEXT,
    blocked BIGINT NOT NULL,
    note TEXT NOT NULL,
    seq BIGINT NOT NULL REFERENCES event (seq),
    PRIMARY KEY (id),
    UNIQUE (number)
)
--;
CREATE TABLE procedure_version (
    code TEXT NOT NULL,
    version BIGINT NOT NULL,
    state TEXT NOT NULL,
    author TEXT NOT NULL,
    content TEXT NOT NULL,
    hash TEXT NOT NULL,
    approved_by TEXT,
    approved_at BIGINT,
    seq BIGINT NOT NULL REFERENCES event (seq),
    PRIMARY KEY (code, version),
    CHECK (state IN ('draft', 'approved', 'retired'))
)
--;
CREATE TABLE procedure_product (
    code TEXT NOT NULL,
    version BIGINT NOT NULL,
    product TEXT NOT NULL,
    seq BIGINT NOT NULL REFERENCES event (seq),
    PRIMARY KEY (code, version, product)
)
--;
CREATE TABLE batch (
    id TEXT NOT NULL CHECK (length(id) = 32),
    number TEXT NOT NULL,
    product TEXT NOT NULL REFERENCES product (id),
    supplier TEXT REFERENCES supplier (id),
    line TEXT NOT NULL,
    quantity BIGINT NOT NULL,
    order_no TEXT NOT NULL,
    made_on TEXT,
    ship_by TEXT,
    note TEXT NOT NULL,
    source TEXT,
    state TEXT NOT NULL,
    held BIGINT NOT NULL,
    hold TEXT,
    lane_since BIGINT NOT NULL,
    round TEXT,
    round_no BIGINT NOT NULL,
    next_severity TEXT NOT NULL,
    again_used BIGINT NOT NULL,
    rework_ordered BIGINT NOT NULL,
    released BIGINT NOT NULL,
    shipped BIGINT NOT NULL,
    registered_at BIGINT NOT NULL,
    registered_by TEXT NOT NULL,
    seq BIGINT NOT NULL REFERENCES event (seq),
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
)
--;
CREATE TABLE batch_maker (
    batch TEXT NOT NULL REFERENCES batch (id),
    person TEXT NOT NULL REFERENCES person (id),
    units TEXT NOT NULL,
    seq BIGINT NOT NULL REFERENCES event (seq),
    PRIMARY KEY (batch, person)
)
--;
CREATE TABLE batch_reworker (
    batch TEXT NOT NULL REFERENCES batch (id),
    person TEXT NOT NULL REFERENCES person (id),
    seq BIGINT NOT NULL REFERENCES event (seq),
    PRIMARY KEY (batch, person, seq)
)
--;
CREATE TABLE hold (
    id TEXT NOT NULL CHECK (length(id) = 32),
    batch TEXT NOT NULL REFERENCES batch (id),
    kind TEXT NOT NULL,
    reason TEXT NOT NULL,
    person TEXT NOT NULL,
    at BIGINT NOT NULL,
    seq BIGINT NOT NULL REFERENCES event (seq),
    lifted BIGINT,
    PRIMARY KEY (id)
)
--;
CREATE TABLE round (
    id TEXT NOT NULL CHECK (length(id) = 32),
    batch TEXT NOT NULL REFERENCES batch (id),
    no BIGINT NOT NULL,
    opened TEXT NOT NULL,
    seq BIGINT NOT NULL REFERENCES event (seq),
    PRIMARY KEY (id),
    UNIQUE (batch, no)
)
--;
CREATE TABLE checking (
    id TEXT NOT NULL CHECK (length(id) = 32),
    round TEXT NOT NULL REFERENCES round (id),
    batch TEXT NOT NULL REFERENCES batch (id),
    place TEXT NOT NULL,
    person TEXT NOT NULL REFERENCES person (id),
    state TEXT NOT NULL,
    started_at BIGINT NOT NULL,
    seq BIGINT NOT NULL REFERENCES event (seq),
    reason TEXT NOT NULL,
    signed BIGINT,
    PRIMARY KEY (id),
    CHECK (place IN ('first', 'second', 'third'))
)
--;
CREATE TABLE unit_result (
    checking TEXT NOT NULL REFERENCES checking (id),
    unit BIGINT NOT NULL,
    not_done TEXT,
    seq BIGINT NOT NULL REFERENCES event (seq),
    PRIMARY KEY (checking, unit)
)
--;
CREATE TABLE finding (
    id TEXT NOT NULL CHECK (length(id) = 32),
    checking TEXT NOT NULL REFERENCES checking (id),
    round TEXT NOT NULL REFERENCES round (id),
    batch TEXT NOT NULL REFERENCES batch (id),
    unit BIGINT,
    code TEXT NOT NULL,
    defect_class TEXT NOT NULL,
    count BIGINT NOT NULL,
    place TEXT NOT NULL,
    note TEXT NOT NULL,
    photo TEXT,
    at BIGINT NOT NULL,
    seq BIGINT NOT NULL REFERENCES event (seq),
    withdrawn TEXT,
    PRIMARY KEY (id),
    CHECK (count >= 1)
)
--;
CREATE TABLE reading (
    id TEXT NOT NULL CHECK (length(id) = 32),
    checking TEXT NOT NULL REFERENCES checking (id),
    round TEXT NOT NULL REFERENCES round (id),
    batch TEXT NOT NULL REFERENCES batch (id),
    unit BIGINT NOT NULL,
    characteristic TEXT NOT NULL,
    typed TEXT NOT NULL,
    value TEXT NOT NULL,
    measure TEXT NOT NULL,
    inside BIGINT NOT NULL,
    defect_class TEXT NOT NULL,
    instrument TEXT,
    calibrated_until TEXT,
    at BIGINT NOT NULL,
    reason TEXT NOT NULL,
    replaced BIGINT NOT NULL,
    seq BIGINT NOT NULL REFERENCES event (seq),
    PRIMARY KEY (id)
)
--;
CREATE TABLE sign_off (
    seq BIGINT NOT NULL REFERENCES event (seq),
    batch TEXT NOT NULL REFERENCES batch (id),
    round TEXT NOT NULL REFERENCES round (id),
    place TEXT NOT NULL,
    person TEXT NOT NULL REFERENCES person (id),
    key TEXT NOT NULL,
    checking TEXT,
    meaning TEXT NOT NULL,
    verdict TEXT NOT NULL,
    record TEXT NOT NULL,
    at BIGINT NOT NULL,
    maker BIGINT NOT NULL,
    standing BIGINT NOT NULL,
    PRIMARY KEY (seq),
    UNIQUE (round, place),
    CHECK (place IN ('first', 'second', 'third', 'release'))
)
--;
CREATE TABLE comparison (
    round TEXT NOT NULL REFERENCES round (id),
    batch TEXT NOT NULL REFERENCES batch (id),
    seq BIGINT NOT NULL REFERENCES event (seq),
    outcome TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (round),
    CHECK (outcome IN ('accepted', 'rejected', 'disagreed'))
)
--;
CREATE TABLE decision (
    round TEXT NOT NULL REFERENCES round (id),
    batch TEXT NOT NULL REFERENCES batch (id),
    seq BIGINT NOT NULL REFERENCES event (seq),
    person TEXT NOT NULL REFERENCES person (id),
    outcome TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (round),
    CHECK (outcome IN ('accepted', 'rejected'))
)
--;
CREATE TABLE place_given_up (
    round TEXT NOT NULL REFERENCES round (id),
    person TEXT NOT NULL REFERENCES person (id),
    seq BIGINT NOT NULL REFERENCES event (seq),
    PRIMARY KEY (round, person)
)
--;
CREATE TABLE first_seen (
    round TEXT NOT NULL REFERENCES round (id),
    person TEXT NOT NULL REFERENCES person (id),
    what TEXT NOT NULL,
    seq BIGINT NOT NULL REFERENCES event (seq),
    PRIMARY KEY (round, person)
)
--;
CREATE TABLE disposition (
    seq BIGINT NOT NULL REFERENCES event (seq),
    batch TEXT NOT NULL REFERENCES batch (id),
    round TEXT NOT NULL REFERENCES round (id),
    kind TEXT NOT NULL,
    quantity BIGINT NOT NULL,
    person TEXT NOT NULL,
    confirmed_by TEXT NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (seq)
)
--;
CREATE TABLE shipment (
    id TEXT NOT NULL CHECK (length(id) = 32),
    batch TEXT NOT NULL REFERENCES batch (id),
    quantity BIGINT NOT NULL,
    to_whom TEXT NOT NULL,
    on_day TEXT NOT NULL,
    document TEXT NOT NULL,
    person TEXT NOT NULL,
    seq BIGINT NOT NULL REFERENCES event (seq),
    PRIMARY KEY (id),
    CHECK (quantity >= 1)
)
--;
CREATE TABLE reported_defect (
    id TEXT NOT NULL CHECK (length(id) = 32),
    source TEXT NOT NULL,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    defect_class TEXT NOT NULL,
    count BIGINT NOT NULL,
    batch TEXT,
    supplier TEXT,
    product TEXT,
    found_on TEXT,
    reference TEXT NOT NULL,
    note TEXT NOT NULL,
    at BIGINT NOT NULL,
    seq BIGINT NOT NULL REFERENCES event (seq),
    PRIMARY KEY (id)
)
--;
CREATE TABLE imported (
    seq BIGINT NOT NULL REFERENCES event (seq),
    kind TEXT NOT NULL,
    file TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    rows BIGINT NOT NULL,
    mapping_sha256 TEXT,
    person TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (seq)
)
--;
CREATE TABLE record (
    sha256 TEXT NOT NULL PRIMARY KEY CHECK (length(sha256) = 64),
    document BYTEA NOT NULL
)
--;
CREATE TABLE sealed_key (
    key TEXT NOT NULL PRIMARY KEY CHECK (length(key) = 32),
    person TEXT NOT NULL,
    public_key TEXT NOT NULL,
    sealed TEXT NOT NULL
)
--;
CREATE TABLE search_text (
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    folded TEXT NOT NULL,
    PRIMARY KEY (kind, id)
)
--;
CREATE TABLE defect_total (
    supplier TEXT NOT NULL,
    code TEXT NOT NULL,
    month TEXT NOT NULL,
    total BIGINT NOT NULL,
    PRIMARY KEY (supplier, code, month)
)
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
