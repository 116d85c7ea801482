-- What a payment provider answered about a payment: no card number can stand here. Token, brand, last four digits and
-- whether the card has expired are sealed together, under a key of the payment's own.

CREATE TABLE tenant.payment (
    tenant_id   uuid NOT NULL,
    id          uuid NOT NULL,
    project_id  uuid NOT NULL,
    call_id     uuid,                  -- the call that it was made on, if it was
    sealed      bytea NOT NULL,
    brought_by  text NOT NULL CHECK (length(brought_by) <= 120),
    cause       uuid NOT NULL,
    created_at  timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, project_id) REFERENCES tenant.project (tenant_id, id)
);
CREATE INDEX payment_newest ON tenant.payment (tenant_id, project_id, created_at DESC, id DESC);

SELECT guard.protect('tenant.payment');
