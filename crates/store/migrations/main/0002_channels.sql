-- Channels that the bank writes to: where a conversation is reached, and what its operator holds.
-- Columns named *_hash are keyed: who has the database alone cannot find a number or an account.

-- Where it is reached, sealed; NULL where she comes to the bank's own pages.
ALTER TABLE conversation ADD COLUMN address_ct @blob;
-- When she was last heard of, which opens an operator's free window.
ALTER TABLE conversation ADD COLUMN heard_ms @int;
-- Since when nothing may be sent there: she left.
ALTER TABLE conversation ADD COLUMN left_ms @int;

-- What an operator was sent, message by message: to take it back, and to note how far it went.
CREATE TABLE dispatch (
    conversation_id TEXT NOT NULL,
    seq             @int NOT NULL,
    part            @int NOT NULL,
    operator_hash   @blob,
    operator_ct     @blob,
    state           TEXT NOT NULL,
    because         TEXT NOT NULL,
    at_ms           @int NOT NULL,
    PRIMARY KEY (conversation_id, seq, part)
) @strict;
CREATE INDEX dispatch_by_operator ON dispatch (operator_hash);

CREATE INDEX outbox_by_conversation ON outbox (conversation_id, message_seq);

-- What a webhook sent and nobody understood, sealed, until an operator looks at it.
CREATE TABLE quarantine (
    id      TEXT NOT NULL PRIMARY KEY,
    channel TEXT NOT NULL,
    reason  TEXT NOT NULL,
    body_ct @blob NOT NULL,
    at_ms   @int NOT NULL
) @strict;
CREATE INDEX quarantine_by_time ON quarantine (at_ms);
