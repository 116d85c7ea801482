-- Deletions of messages, their texts and media, faxes, calls, recordings, transcriptions and payments. The transaction
-- that takes them out of their rows requests the deletion; it is certified once every key and blob is gone that was
-- noted for it. A conversation's deletion has its id instead, as a hash once it is gone.

ALTER TABLE tenant.deletion ALTER COLUMN record_hash DROP NOT NULL;
ALTER TABLE tenant.deletion ADD COLUMN redaction_id uuid;          -- the bulk redaction that it was a batch of
ALTER TABLE tenant.deletion ADD COLUMN blobs integer NOT NULL DEFAULT 0;  -- how many were wiped so far
ALTER TABLE tenant.deletion ADD COLUMN wal_forgotten boolean NOT NULL DEFAULT true;  -- by the key database, every time
ALTER TABLE tenant.deletion ADD CHECK (conversation_id IS NULL OR record_hash IS NOT NULL);
CREATE INDEX deletion_newest ON tenant.deletion (tenant_id, project_id, id DESC);
CREATE INDEX deletion_requested ON tenant.deletion (tenant_id, requested_at) WHERE state = 'requested';
CREATE INDEX deletion_of_redaction ON tenant.deletion (tenant_id, redaction_id) WHERE redaction_id IS NOT NULL;

CREATE TABLE tenant.deleted_record (
    tenant_id    uuid NOT NULL,
    record_id    uuid NOT NULL,
    deletion_id  uuid NOT NULL,
    kind         text NOT NULL CHECK (kind IN ('message', 'message-text', 'media', 'fax', 'call', 'recording',
                                               'transcription', 'payment')),
    PRIMARY KEY (tenant_id, record_id, deletion_id, kind),
    FOREIGN KEY (tenant_id, deletion_id) REFERENCES tenant.deletion (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX deleted_record_of ON tenant.deleted_record (tenant_id, deletion_id);

ALTER TABLE tenant.erasure ADD COLUMN deletion_id uuid;  -- null where a record goes on, sealed under another key
ALTER TABLE tenant.erasure ADD COLUMN key_id uuid;       -- the key that there was, noted before it is destroyed
ALTER TABLE tenant.erasure ADD COLUMN looked_up boolean NOT NULL DEFAULT false;
CREATE INDEX erasure_of ON tenant.erasure (tenant_id, deletion_id);

SELECT guard.protect('tenant.deleted_record');
