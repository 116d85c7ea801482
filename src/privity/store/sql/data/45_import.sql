-- What was brought in from an account at a vendor: which record here each of theirs became, whether that was read back,
-- and whether theirs was blanked. A row outlives the record, so that what was deleted here is not brought in again.

CREATE TABLE tenant.imported (
    tenant_id    uuid NOT NULL,
    id           uuid NOT NULL,
    project_id   uuid NOT NULL,
    vendor       text NOT NULL CHECK (vendor IN ('twilio', 'signalwire')),
    account      text NOT NULL CHECK (account ~ '^[A-Za-z0-9-]{1,64}$'),
    kind         text NOT NULL CHECK (kind IN ('message', 'media', 'fax', 'recording')),
    sid          text NOT NULL CHECK (sid ~ '^[A-Za-z0-9-]{1,64}$'),
    parent_sid   text CHECK (parent_sid ~ '^[A-Za-z0-9-]{1,64}$'),  -- the message of media, the fax of its pages
    record_id    uuid NOT NULL,
    brought_by   text NOT NULL CHECK (length(brought_by) <= 120),
    cause        uuid NOT NULL,
    brought_at   timestamptz NOT NULL,
    verified_at  timestamptz,
    blanked_at   timestamptz,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, project_id, vendor, account, kind, sid),
    FOREIGN KEY (tenant_id, project_id) REFERENCES tenant.project (tenant_id, id),
    CHECK (blanked_at IS NULL OR verified_at IS NOT NULL)
);

SELECT guard.protect('tenant.imported');
