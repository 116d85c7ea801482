-- Search over redacted text: which words stand in which record, each word as a keyed hash. The key is the tenant's and is
-- in the key database; what these rows tell without it stands in docs/search.md.

CREATE TABLE tenant.search_posting (
    tenant_id  uuid NOT NULL,
    record_id  uuid NOT NULL,
    kind       text NOT NULL CHECK (kind IN ('conversation', 'message', 'recording')),
    token      bytea NOT NULL CHECK (length(token) = 16),
    PRIMARY KEY (tenant_id, record_id, token)
);
CREATE INDEX search_posting_of ON tenant.search_posting (tenant_id, token, kind, record_id DESC);

SELECT guard.protect('tenant.search_posting');
