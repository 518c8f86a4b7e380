-- OAuth: clients that registered themselves, what they ask for, and the tokens that came of it.
-- Tokens, codes and requests are known by their hash alone.

CREATE TABLE oauth_client (
    id         TEXT NOT NULL PRIMARY KEY,
    bank       TEXT NOT NULL,
    name       TEXT NOT NULL,
    redirects  TEXT NOT NULL,
    created_ms @int NOT NULL
) @strict;
CREATE INDEX oauth_client_by_bank ON oauth_client (bank, created_ms);

-- What was asked for and awaits the customer; nobody's until she decides.
CREATE TABLE oauth_request (
    request_hash @blob NOT NULL PRIMARY KEY,
    client_id    TEXT NOT NULL,
    bank         TEXT NOT NULL,
    asked        TEXT NOT NULL,
    state        TEXT NOT NULL,
    customer_id  TEXT,
    consent_id   TEXT,
    until_ms     @int NOT NULL
) @strict;
CREATE INDEX oauth_request_by_end ON oauth_request (until_ms);
CREATE INDEX oauth_request_by_customer ON oauth_request (customer_id);

-- What a customer granted a client: everything below it ends with it, and with its consent.
CREATE TABLE oauth_grant (
    customer_id TEXT NOT NULL,
    id          TEXT NOT NULL,
    client_id   TEXT NOT NULL,
    bank        TEXT NOT NULL,
    consent_id  TEXT NOT NULL,
    scope       TEXT NOT NULL,
    resource    TEXT NOT NULL,
    proved_ms   @int NOT NULL,
    until_ms    @int NOT NULL,
    ended_ms    @int,
    PRIMARY KEY (customer_id, id)
) @strict;
CREATE INDEX oauth_grant_by_client ON oauth_grant (client_id);
CREATE INDEX oauth_grant_by_end ON oauth_grant (until_ms);

-- Codes, access and refresh tokens.
CREATE TABLE oauth_token (
    customer_id TEXT NOT NULL,
    token_hash  @blob NOT NULL,
    grant_id    TEXT NOT NULL,
    kind        TEXT NOT NULL,
    bound       TEXT NOT NULL,
    until_ms    @int NOT NULL,
    used_ms     @int,
    PRIMARY KEY (customer_id, token_hash)
) @strict;
CREATE UNIQUE INDEX oauth_token_by_hash ON oauth_token (token_hash);
CREATE INDEX oauth_token_by_end ON oauth_token (until_ms);
