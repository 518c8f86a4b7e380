-- Direct Line: what opens a chat that a page of a bank's site shows by itself, by its hash.
CREATE TABLE line_token (
    token_hash      @blob NOT NULL PRIMARY KEY,
    conversation_id TEXT NOT NULL,
    -- `talk`, or `stream`, which opens one stream once.
    kind            TEXT NOT NULL,
    -- The site whose pages may use it; NULL is any of the bank's.
    origin          TEXT,
    until_ms        @int NOT NULL
) @strict;
CREATE INDEX line_token_of_conversation ON line_token (conversation_id, kind);
CREATE INDEX line_token_by_time ON line_token (until_ms);
