-- What happened on a call that the law of recording asks for: who joined and from where, what was announced, who agreed
-- or refused, how that is known and who wrote it down. No number and nothing of what was said stands here.

CREATE TABLE tenant.call_event (
    tenant_id    uuid NOT NULL,
    id           uuid NOT NULL,
    place_in_row bigint GENERATED ALWAYS AS IDENTITY,
    call_id      uuid NOT NULL,
    happened     text NOT NULL CHECK (happened IN ('joined', 'placed', 'left', 'announced', 'agreed', 'refused',
                                                        'stayed')),
    party        integer NOT NULL CHECK (party BETWEEN 0 AND 100),
    place        text NOT NULL CHECK (place ~ '^(|unknown|[A-Z]{2}-[A-Z]{2})$'),
    call_ms      bigint NOT NULL,
    recorded_by  text NOT NULL CHECK (length(recorded_by) <= 120),
    detail       text NOT NULL CHECK (length(detail) <= 40),
    cause        uuid NOT NULL,
    created_at   timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, id)
);
CREATE INDEX call_event_of ON tenant.call_event (tenant_id, call_id, place_in_row);

-- Whether staying on the line may be taken for consent in a project: only where the law takes it so, and not by default.
ALTER TABLE tenant.recording_permission ADD COLUMN staying_counts boolean NOT NULL DEFAULT false;
-- The rules that a recording was decided by, with their version; null for what was brought in from elsewhere.
ALTER TABLE tenant.recording ADD COLUMN law jsonb;

SELECT guard.protect('tenant.call_event');
