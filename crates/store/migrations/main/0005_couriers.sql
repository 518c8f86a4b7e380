-- Several nodes with channels connected, receipts that come early, and taking back what was sent.

-- Who has a message in hand, and until when: another node takes it over after that.
ALTER TABLE outbox ADD COLUMN holder TEXT;
ALTER TABLE outbox ADD COLUMN held_ms @int NOT NULL DEFAULT 0;
-- Why it failed last, as the operator's code says, and when.
ALTER TABLE outbox ADD COLUMN reason TEXT;
ALTER TABLE outbox ADD COLUMN failed_ms @int;
-- `send`, or `retract`: then of which part, in which retraction, and where it is (sealed under the
-- retraction's own key).
ALTER TABLE outbox ADD COLUMN act TEXT NOT NULL DEFAULT 'send';
ALTER TABLE outbox ADD COLUMN part @int NOT NULL DEFAULT 0;
ALTER TABLE outbox ADD COLUMN retraction_id TEXT;
ALTER TABLE outbox ADD COLUMN place_ct @blob;
CREATE INDEX outbox_by_retraction ON outbox (retraction_id) WHERE retraction_id IS NOT NULL;

-- A receipt of an operator for a part that is not noted yet.
CREATE TABLE early_receipt (
    operator_hash @blob NOT NULL PRIMARY KEY,
    state         TEXT NOT NULL,
    at_ms         @int NOT NULL
) @strict;
CREATE INDEX early_receipt_by_time ON early_receipt (at_ms);

-- What the operator was sent, as it was sent, sealed; and what became of taking it back.
ALTER TABLE dispatch ADD COLUMN frame_ct @blob;
ALTER TABLE dispatch ADD COLUMN retraction TEXT;
ALTER TABLE dispatch ADD COLUMN retraction_ms @int;

-- One wish to take back what a channel holds, counted in parts. It outlives the chat.
CREATE TABLE retraction (
    id          TEXT NOT NULL PRIMARY KEY,
    customer_id TEXT NOT NULL,
    channel     TEXT NOT NULL,
    why         TEXT NOT NULL,
    asked       @int NOT NULL,
    beyond      @int NOT NULL,
    taken       @int NOT NULL,
    kept        @int NOT NULL,
    asked_ms    @int NOT NULL,
    done_ms     @int
) @strict;
CREATE INDEX retraction_by_customer ON retraction (customer_id, asked_ms);
CREATE INDEX retraction_open ON retraction (id) WHERE done_ms IS NULL;

-- When a channel last did something, for its health.
CREATE TABLE channel_pulse (
    channel   TEXT NOT NULL PRIMARY KEY,
    sent_ms   @int,
    heard_ms  @int,
    failed_ms @int,
    failure   TEXT
) @strict;

ALTER TABLE quarantine ADD COLUMN size_bytes @int NOT NULL DEFAULT 0;
