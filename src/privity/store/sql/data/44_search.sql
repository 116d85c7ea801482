-- Search over redacted text: which words stand in which conversation, each word as a keyed hash. The key is the tenant's
-- and is in the key database; what these rows tell without it stands in docs/search.md.

CREATE TABLE tenant.search_posting (
    tenant_id        uuid NOT NULL,
    conversation_id  uuid NOT NULL,
    token            bytea NOT NULL CHECK (length(token) = 16),
    PRIMARY KEY (tenant_id, conversation_id, token)
);
CREATE INDEX search_posting_of ON tenant.search_posting (tenant_id, token, conversation_id DESC);

SELECT guard.protect('tenant.search_posting');
