-- Everything but the keys. `@int`, `@blob` and `@strict` are expanded for each database.
-- Columns named *_ct are sealed under the customer's own data key.

CREATE TABLE customer (
    id          TEXT NOT NULL PRIMARY KEY,
    bank        TEXT NOT NULL,
    created_ms  @int NOT NULL,
    cleared_ms  @int
) @strict;

CREATE TABLE passkey (
    customer_id   TEXT NOT NULL,
    id            TEXT NOT NULL PRIMARY KEY,
    credential_id @blob NOT NULL UNIQUE,
    credential    TEXT NOT NULL,
    label         TEXT NOT NULL,
    created_ms    @int NOT NULL,
    used_ms       @int
) @strict;
CREATE INDEX passkey_by_customer ON passkey (customer_id);

CREATE TABLE session (
    id           TEXT NOT NULL PRIMARY KEY,
    token_hash   @blob NOT NULL UNIQUE,
    customer_id  TEXT NOT NULL,
    bank         TEXT NOT NULL,
    passkey_id   TEXT,
    signed_in_ms @int NOT NULL,
    verified_ms  @int NOT NULL,
    until_ms     @int NOT NULL
) @strict;
CREATE INDEX session_by_customer ON session (customer_id);

CREATE TABLE staff (
    id         TEXT NOT NULL PRIMARY KEY,
    role       TEXT NOT NULL,
    name       TEXT NOT NULL,
    created_ms @int NOT NULL
) @strict;

CREATE TABLE staff_passkey (
    staff_id      TEXT NOT NULL,
    id            TEXT NOT NULL PRIMARY KEY,
    credential_id @blob NOT NULL UNIQUE,
    credential    TEXT NOT NULL,
    created_ms    @int NOT NULL,
    used_ms       @int
) @strict;
CREATE INDEX staff_passkey_by_staff ON staff_passkey (staff_id);

CREATE TABLE staff_session (
    id           TEXT NOT NULL PRIMARY KEY,
    token_hash   @blob NOT NULL UNIQUE,
    staff_id     TEXT NOT NULL,
    passkey_id   TEXT,
    signed_in_ms @int NOT NULL,
    verified_ms  @int NOT NULL,
    until_ms     @int NOT NULL
) @strict;
CREATE INDEX staff_session_by_staff ON staff_session (staff_id);

CREATE TABLE conversation (
    id          TEXT NOT NULL PRIMARY KEY,
    bank        TEXT NOT NULL,
    channel     TEXT NOT NULL,
    token_hash  @blob NOT NULL UNIQUE,
    customer_id TEXT,
    language    TEXT NOT NULL,
    phrase_ct   @blob,
    memory_ct   @blob,
    next_seq    @int NOT NULL,
    read_seq    @int NOT NULL,
    started_ms  @int NOT NULL,
    linked_ms   @int,
    person_asked_ms @int
) @strict;
CREATE INDEX conversation_by_customer ON conversation (customer_id);

CREATE TABLE message (
    conversation_id TEXT NOT NULL,
    seq         @int NOT NULL,
    id          TEXT NOT NULL UNIQUE,
    author      TEXT NOT NULL,
    body_ct     @blob NOT NULL,
    receipt     TEXT,
    log_index   @int,
    at_ms       @int NOT NULL,
    delivery    TEXT NOT NULL,
    PRIMARY KEY (conversation_id, seq)
) @strict;

CREATE TABLE inbox (
    id              TEXT NOT NULL PRIMARY KEY,
    channel         TEXT NOT NULL,
    provider_id     TEXT NOT NULL,
    conversation_id TEXT NOT NULL,
    message_seq     @int NOT NULL,
    state           TEXT NOT NULL,
    attempts        @int NOT NULL,
    at_ms           @int NOT NULL,
    UNIQUE (channel, provider_id)
) @strict;
CREATE INDEX inbox_by_conversation ON inbox (conversation_id, message_seq);
-- Of what waits only, which is little: each turn asks, and answered messages must not slow it.
CREATE INDEX inbox_pending ON inbox (at_ms) WHERE state = 'pending';
CREATE INDEX inbox_waiting ON inbox (conversation_id, message_seq) WHERE state = 'pending';
CREATE INDEX inbox_dead ON inbox (at_ms) WHERE state = 'dead';

CREATE TABLE outbox (
    id              TEXT NOT NULL PRIMARY KEY,
    channel         TEXT NOT NULL,
    conversation_id TEXT NOT NULL,
    message_seq     @int NOT NULL,
    state           TEXT NOT NULL,
    attempts        @int NOT NULL,
    next_ms         @int NOT NULL
) @strict;
CREATE INDEX outbox_due ON outbox (state, next_ms);

CREATE TABLE consent (
    customer_id TEXT NOT NULL,
    id          TEXT NOT NULL PRIMARY KEY,
    bank        TEXT NOT NULL,
    party_kind  TEXT NOT NULL,
    party_id    TEXT NOT NULL,
    purpose     TEXT NOT NULL,
    state       TEXT NOT NULL,
    version     @int NOT NULL,
    until_ms    @int NOT NULL,
    warned_days @int,
    body_ct     @blob NOT NULL
) @strict;
CREATE INDEX consent_by_customer ON consent (customer_id, party_id);
CREATE INDEX consent_due ON consent (state, until_ms);

CREATE TABLE link (
    id              TEXT NOT NULL PRIMARY KEY,
    token_hash      @blob NOT NULL UNIQUE,
    kind            TEXT NOT NULL,
    bank            TEXT NOT NULL,
    conversation_id TEXT,
    customer_id     TEXT,
    body_ct         @blob,
    expires_ms      @int NOT NULL,
    used_ms         @int
) @strict;

CREATE TABLE stream (
    customer_id TEXT NOT NULL PRIMARY KEY,
    stream_id   @blob NOT NULL UNIQUE,
    secret_ct   @blob NOT NULL,
    next_seq    @int NOT NULL,
    head        @blob NOT NULL,
    head_index  @int NOT NULL
) @strict;
CREATE INDEX stream_by_head ON stream (head_index);

CREATE TABLE record (
    customer_id TEXT NOT NULL,
    seq         @int NOT NULL,
    log_index   @int NOT NULL UNIQUE,
    commitment  @blob NOT NULL,
    receipt     TEXT NOT NULL UNIQUE,
    kind        TEXT NOT NULL,
    party_id    TEXT,
    consent_id  TEXT,
    at_ms       @int NOT NULL,
    record_ct   @blob NOT NULL,
    body_ct     @blob NOT NULL,
    PRIMARY KEY (customer_id, seq)
) @strict;
CREATE INDEX record_by_consent ON record (customer_id, consent_id, at_ms);

CREATE TABLE log_leaf (
    idx  @int NOT NULL PRIMARY KEY,
    leaf @blob NOT NULL
) @strict;

CREATE TABLE log_tile (
    level  @int NOT NULL,
    idx    @int NOT NULL,
    width  @int NOT NULL,
    hashes @blob NOT NULL,
    PRIMARY KEY (level, idx)
) @strict;

CREATE TABLE log_state (
    id       @int NOT NULL PRIMARY KEY,
    size     @int NOT NULL,
    frontier @blob NOT NULL
) @strict;

CREATE TABLE checkpoint (
    size       @int NOT NULL PRIMARY KEY,
    note       TEXT NOT NULL,
    heads_root @blob NOT NULL,
    at_ms      @int NOT NULL,
    -- Witnesses whose line the note has.
    cosigned   @int NOT NULL
) @strict;
CREATE INDEX checkpoint_cosigned ON checkpoint (cosigned, size) WHERE cosigned > 0;

-- Which key signs the log from which size on; the first key is the first row's old one.
CREATE TABLE log_rotation (
    number  @int NOT NULL PRIMARY KEY,
    size    @int NOT NULL,
    old_key TEXT NOT NULL,
    new_key TEXT NOT NULL,
    note    TEXT NOT NULL
) @strict;

CREATE TABLE suspension (
    subject TEXT NOT NULL PRIMARY KEY,
    reason  TEXT NOT NULL,
    by_whom TEXT NOT NULL,
    at_ms   @int NOT NULL
) @strict;

CREATE TABLE clearing (
    customer_id TEXT NOT NULL PRIMARY KEY,
    state       TEXT NOT NULL,
    asked_ms    @int NOT NULL,
    counts      TEXT,
    done_ms     @int,
    receipt     TEXT
) @strict;

CREATE TABLE legal_hold (
    customer_id TEXT NOT NULL PRIMARY KEY,
    reason      TEXT NOT NULL,
    by_whom     TEXT NOT NULL,
    at_ms       @int NOT NULL
) @strict;

CREATE TABLE sandbox_wish (
    id    TEXT NOT NULL PRIMARY KEY,
    wish  TEXT NOT NULL,
    at_ms @int NOT NULL,
    fate  TEXT
) @strict;

CREATE TABLE setting (
    name  TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) @strict;
