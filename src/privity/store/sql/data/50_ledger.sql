-- The ledger: what is to be recorded (inbox), what is recorded (entry, checkpoint, node), and what the sequencer knows of
-- each log. Only the sequencer writes entries; nobody changes one. docs/ledger.md describes leaves and checkpoints. There
-- are no foreign keys to ledger.log: they would lock it once for every entry, and the only writer knows its logs.

CREATE TABLE ledger.inbox (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    log          text COLLATE "C" NOT NULL CHECK (length(log) BETWEEN 1 AND 64),
    entry_id     uuid NOT NULL,
    kind         text NOT NULL CHECK (length(kind) BETWEEN 1 AND 64),
    body         bytea NOT NULL CHECK (length(body) <= 7680),      -- canonical JSON
    detail       bytea CHECK (length(detail) <= 65536),            -- sealed
    about        uuid,                                             -- the thing that it tells of
    mac          bytea NOT NULL CHECK (length(mac) = 32),          -- HMAC-SHA256 under a key that no database holds
    enqueued_at  timestamptz NOT NULL DEFAULT clock_timestamp()
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);

CREATE TABLE ledger.log (
    log          text COLLATE "C" PRIMARY KEY,
    origin       text NOT NULL UNIQUE,
    vkey         text NOT NULL,
    wrapped_key  bytea NOT NULL,       -- the signing key, wrapped by the KMS and bound to the log
    salt         bytea NOT NULL CHECK (length(salt) = 32),  -- blinds the log's name in the platform log
    epoch        bigint NOT NULL,      -- counts the sequencers that have taken the log over
    size         bigint NOT NULL,
    root         bytea NOT NULL,
    frontier     bytea NOT NULL,       -- roots of the perfect subtrees, largest first
    published    bigint NOT NULL,      -- the size that the platform log last heard of
    last_time    timestamptz NOT NULL
);

-- Logs that the sequencer found not to be what was signed: they take no entry until they are put right.
CREATE TABLE ledger.halted (
    log              text COLLATE "C" PRIMARY KEY,
    first_bad_index  bigint NOT NULL,
    found_at         timestamptz NOT NULL DEFAULT clock_timestamp()
);

CREATE TABLE ledger.entry (
    log        text COLLATE "C" NOT NULL,
    index      bigint NOT NULL CHECK (index >= 0),
    entry_id   uuid NOT NULL,
    leaf       bytea NOT NULL,         -- exactly what was hashed
    leaf_hash  bytea NOT NULL CHECK (length(leaf_hash) = 32),
    time       timestamptz NOT NULL,
    about      uuid,                   -- the thing that it tells of, to find it by; no part of what is proved
    PRIMARY KEY (log, index),
    UNIQUE (entry_id, log)             -- ids grow with time, so that this order appends whatever the log
);
CREATE INDEX entry_about ON ledger.entry (about, log, index) WHERE about IS NOT NULL;

-- Sealed details, which can be erased: the leaf holds a salted commitment only.
CREATE TABLE ledger.detail (
    log       text COLLATE "C" NOT NULL,
    entry_id  uuid NOT NULL,
    sealed    bytea NOT NULL,
    PRIMARY KEY (log, entry_id)
);

CREATE TABLE ledger.checkpoint (
    log    text COLLATE "C" NOT NULL,
    size   bigint NOT NULL,
    root   bytea NOT NULL,
    note   text NOT NULL,              -- c2sp.org/tlog-checkpoint, signed
    batch  text,                       -- the signed list of the leaf hashes since the last one, if there are several
    at     timestamptz NOT NULL,
    PRIMARY KEY (log, size)
);

ALTER TABLE ledger.checkpoint ALTER COLUMN batch SET STORAGE EXTERNAL;  -- hashes do not compress; trying costs time

-- Roots of the perfect subtrees of 256, 65,536, … entries, so that a proof reads hundreds of hashes and not all of them.
CREATE TABLE ledger.node (
    log       text COLLATE "C" NOT NULL,
    level     smallint NOT NULL CHECK (level > 0 AND level % 8 = 0),
    position  bigint NOT NULL,
    hash      bytea NOT NULL CHECK (length(hash) = 32),
    PRIMARY KEY (log, level, position)
);

-- Rows that stood in the inbox without a good mac: someone other than Privity wrote or changed them.
CREATE TABLE ledger.incident (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    found_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
    inbox_id     bigint NOT NULL,
    log          text COLLATE "C" NOT NULL,
    entry_id     uuid NOT NULL,
    kind         text NOT NULL,
    body         bytea NOT NULL,
    detail       bytea,
    about        uuid,
    mac          bytea NOT NULL
);

-- Holds for the owner and for a superuser too, until one of them takes the trigger away; that is for migrations, and the
-- signed checkpoints show what was done meanwhile.
CREATE FUNCTION ledger.refuse() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    RAISE 'the ledger is append-only' USING ERRCODE = 'insufficient_privilege';
END
$$;

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger.entry EXECUTE FUNCTION ledger.refuse();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger.checkpoint EXECUTE FUNCTION ledger.refuse();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger.node EXECUTE FUNCTION ledger.refuse();

GRANT INSERT (log, entry_id, kind, body, detail, about, mac) ON ledger.inbox TO privity_app, privity_platform;
GRANT SELECT, INSERT, DELETE, UPDATE (id) ON ledger.inbox TO privity_ledger;  -- UPDATE: locking a row takes it
GRANT SELECT, INSERT ON ledger.entry, ledger.checkpoint, ledger.node, ledger.incident TO privity_ledger;
GRANT SELECT, INSERT, DELETE ON ledger.detail, ledger.halted TO privity_ledger;
GRANT SELECT, INSERT, UPDATE (epoch, size, root, frontier, published, last_time) ON ledger.log TO privity_ledger;
