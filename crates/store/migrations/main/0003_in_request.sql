-- Channels that want the answer in the very request, and codes that link a chat.

-- Number of the first message of its answer; NULL until it is answered.
ALTER TABLE inbox ADD COLUMN answer_seq @int;

-- That a code was said which opens nothing, for an hour; never which.
CREATE TABLE wrong_code (
    id              TEXT NOT NULL PRIMARY KEY,
    channel         TEXT NOT NULL,
    conversation_id TEXT NOT NULL,
    at_ms           @int NOT NULL
) @strict;
CREATE INDEX wrong_code_by_conversation ON wrong_code (conversation_id, at_ms);
CREATE INDEX wrong_code_by_channel ON wrong_code (channel, at_ms);
-- Of codes only: a chat's turn and a customer's page look for theirs.
CREATE INDEX link_code_of_customer ON link (customer_id) WHERE kind = 'code';
CREATE INDEX link_code_in_conversation ON link (conversation_id) WHERE kind = 'code';
