-- Data keys, each wrapped by a master key. A file of its own, never in the data's backup.

CREATE TABLE data_key (
    subject    TEXT NOT NULL PRIMARY KEY,
    wrapped    @blob NOT NULL,
    master     @int NOT NULL,
    created_ms @int NOT NULL
) @strict;
