-- What people marked because the detectors had missed it, and the keys of content that was sealed anew because of that.

-- Rows of the key database that sealed the content after the first, the last of them now; none: the record's own id.
ALTER TABLE tenant.conversation ADD COLUMN key_rows uuid[] NOT NULL DEFAULT '{}';
CREATE INDEX conversation_resealed ON tenant.conversation (tenant_id) WHERE key_rows <> '{}';

-- A place in redacted text, which reads as hidden from the commit of this row on, and what is left of the case: its
-- shape without a letter or digit of it, and the kinds of the cues beside it. The value is nowhere.
CREATE TABLE tenant.missed (
    tenant_id        uuid NOT NULL,
    id               uuid NOT NULL,
    project_id       uuid NOT NULL,
    conversation_id  uuid NOT NULL,
    turn             integer NOT NULL CHECK (turn >= 0),
    span_start       integer NOT NULL CHECK (span_start >= 0),  -- code points of the turn as it was shown
    span_end         integer NOT NULL CHECK (span_end > span_start),
    label            text NOT NULL CHECK (label ~ '^[A-Z_]{2,20}$'),
    shape            text NOT NULL CHECK (shape ~ '^[-aA9N ./@,''()+:#&_?]{1,200}$'),
    cues             text[] NOT NULL CHECK (array_to_string(cues, ' ') ~ '^[A-Z_ ]{0,62}$'),
    state            text NOT NULL CHECK (state IN ('pending', 'done')),
    others           uuid[] NOT NULL DEFAULT '{}',              -- other conversations that held the same and do no more
    marked_by        text NOT NULL CHECK (length(marked_by) <= 120),
    cause            uuid NOT NULL,
    marked_at        timestamptz NOT NULL,
    done_at          timestamptz,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, conversation_id) REFERENCES tenant.conversation (tenant_id, id),
    CHECK ((state = 'done') = (done_at IS NOT NULL))
);
-- One at a time in a project: a second one would point into text that the first is about to change.
CREATE UNIQUE INDEX missed_pending ON tenant.missed (tenant_id, project_id) WHERE state = 'pending';
CREATE INDEX missed_of_conversation ON tenant.missed (tenant_id, conversation_id);

SELECT guard.protect('tenant.missed');
