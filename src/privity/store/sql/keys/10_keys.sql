-- The key database: wrapped keys and nothing else. It never shares a cluster, a WAL or a backup with what they open.
--
-- PostgreSQL keeps old versions of a row in its table's file, and UPDATE and DELETE only mark them. A key is therefore
-- shredded by writing the file anew without it (keys.shred), and record keys lie in 64 partitions to keep that small.

CREATE SCHEMA keys;
GRANT USAGE ON SCHEMA keys TO privity_keys;

CREATE TABLE keys.tenant_key (
    tenant_id  uuid        NOT NULL,
    version    integer     NOT NULL CHECK (version >= 1),
    key_id     uuid        NOT NULL,
    wrapped    bytea       NOT NULL,                        -- by the KMS, bound to tenant and key id
    generation bigint      NOT NULL DEFAULT 1,              -- grows when this row changes; a cached key of another is void
    state      text        NOT NULL CHECK (state IN ('current', 'former')),
    created_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, version),
    UNIQUE (tenant_id, key_id)
);
CREATE UNIQUE INDEX tenant_key_one_current ON keys.tenant_key (tenant_id) WHERE state = 'current';

CREATE TABLE keys.record_key (
    tenant_id          uuid        NOT NULL,
    table_name         text        NOT NULL,
    row_id             uuid        NOT NULL,
    key_id             uuid        NOT NULL,
    tenant_key_version integer     NOT NULL,
    wrapped            bytea       NOT NULL,                -- by that version of the tenant key
    created_at         timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, table_name, row_id)
) PARTITION BY HASH (row_id);

-- ANALYZE would copy sample values of a column into pg_statistic, out of reach of a shred; for a partitioned table too.
ALTER TABLE keys.tenant_key ALTER COLUMN wrapped SET STATISTICS 0;
ALTER TABLE keys.record_key ALTER COLUMN wrapped SET STATISTICS 0;

DO $$
BEGIN
    FOR part IN 0..63 LOOP
        EXECUTE format(
            'CREATE TABLE keys.record_key_%1$s PARTITION OF keys.record_key FOR VALUES WITH (MODULUS 64, REMAINDER %1$s)',
            part);
        EXECUTE format('ALTER TABLE keys.record_key_%s ALTER COLUMN wrapped SET STATISTICS 0', part);
    END LOOP;
END
$$;

GRANT SELECT, INSERT, UPDATE ON keys.tenant_key, keys.record_key TO privity_keys;

-- Remove the keys of these records, or of all of a tenant's when none are named, and every former version of them, from
-- the tables and from the tables' files; return what was removed. A partition is locked, its surviving rows are held in
-- memory, and TRUNCATE gives it a new and empty file.
CREATE FUNCTION keys.shred_records(tenant uuid, tables text[], row_ids uuid[]) RETURNS TABLE (shredded uuid)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    doomed CONSTANT text := 'r.tenant_id = $1 AND ($2 IS NULL OR (r.table_name, r.row_id) IN (SELECT * FROM unnest($2, $3)))';
    parts regclass[];
    part regclass;
    removed uuid[];
    survivors keys.record_key[];
BEGIN
    -- One shred at a time: each reads all partitions before it locks some, so two would wait for each other.
    PERFORM pg_advisory_xact_lock('keys.record_key'::regclass::oid::bigint);
    EXECUTE 'SELECT array_agg(DISTINCT r.tableoid::regclass) FROM keys.record_key r WHERE ' || doomed
        INTO parts USING tenant, tables, row_ids;
    -- array_agg(DISTINCT) sorts, so partitions are locked in the order in which a reader of all of them locks them.
    FOREACH part IN ARRAY coalesce(parts, '{}') LOOP
        EXECUTE format('LOCK TABLE %s IN ACCESS EXCLUSIVE MODE', part);
        EXECUTE format(
            'SELECT array_agg(r.key_id) FILTER (WHERE %1$s),
                    array_agg(ROW(r.*)::keys.record_key) FILTER (WHERE NOT (%1$s)) FROM %2$s r', doomed, part)
            INTO removed, survivors USING tenant, tables, row_ids;
        EXECUTE format('TRUNCATE %s', part);
        EXECUTE format('INSERT INTO %s SELECT * FROM unnest($1)', part) USING survivors;
        RETURN QUERY SELECT unnest(removed);
    END LOOP;
END
$$;

-- Remove every version of a tenant's key from the table and its file, and return what was removed.
CREATE FUNCTION keys.shred_tenant(tenant uuid) RETURNS TABLE (shredded uuid)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    survivors keys.tenant_key[];
BEGIN
    LOCK TABLE keys.tenant_key IN ACCESS EXCLUSIVE MODE;
    RETURN QUERY SELECT t.key_id FROM keys.tenant_key t WHERE t.tenant_id = tenant;
    SELECT array_agg(ROW(t.*)::keys.tenant_key) INTO survivors FROM keys.tenant_key t WHERE t.tenant_id <> tenant;
    TRUNCATE keys.tenant_key;
    INSERT INTO keys.tenant_key SELECT * FROM unnest(survivors);
END
$$;

REVOKE ALL ON FUNCTION keys.shred_records(uuid, text[], uuid[]), keys.shred_tenant(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION keys.shred_records(uuid, text[], uuid[]), keys.shred_tenant(uuid) TO privity_keys;

-- After a shred the WAL is switched and checkpointed, so that it forgets the key too. Where the owner may not pass these
-- rights on, as on a managed PostgreSQL, the receipt of a shred says that the WAL keeps the key until it is recycled.
DO $$
BEGIN
    GRANT pg_checkpoint TO privity_keys;
    GRANT EXECUTE ON FUNCTION pg_catalog.pg_switch_wal() TO privity_keys;
EXCEPTION WHEN insufficient_privilege THEN
    RAISE NOTICE 'the owner may not grant pg_checkpoint and pg_switch_wal()';
END
$$;
