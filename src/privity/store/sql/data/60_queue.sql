-- The queue: who may put what into it. The tables are procrastinate's own, made before this file runs.
--
-- A job holds ids and nothing else: uuids, integers of at most eight digits (a telephone number has more) and short
-- words. The app role cannot touch the tables; queue.defer() stamps the tenant, so no job can claim another one.

CREATE FUNCTION queue.holds_only_ids(args jsonb) RETURNS boolean
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, pg_temp
AS $$
    SELECT jsonb_typeof(args) = 'object' AND length(args::text) <= 512 AND args ? 'tenant_id' AND NOT EXISTS (
        SELECT FROM jsonb_each(args) AS one (name, value)
        WHERE name !~ '^[a-z][a-z_]{0,39}$' OR CASE jsonb_typeof(value)
            WHEN 'string' THEN value #>> '{}' !~
                '^([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[a-z][a-z-]{0,23})$'
            WHEN 'number' THEN value #>> '{}' !~ '^[0-9]{1,8}$'
            ELSE true
        END
    )
$$;
ALTER TABLE queue.procrastinate_jobs
    ADD CONSTRAINT holds_only_ids CHECK (queue.holds_only_ids(args)),
    ADD CONSTRAINT task_is_named CHECK (task_name ~ '^[a-z][a-z_]{0,63}$'),
    ADD CONSTRAINT no_locks CHECK (lock IS NULL AND queueing_lock IS NULL);

-- Put a job into the queue for the tenant of this transaction; it exists when the transaction commits, and runs after
-- `due` if that is given. Jobs that wait for the network have a queue and workers of their own.
CREATE FUNCTION queue.defer(task text, ids jsonb, due timestamptz DEFAULT NULL) RETURNS bigint
    LANGUAGE sql SECURITY DEFINER SET search_path = queue, pg_catalog, pg_temp
AS $$
    INSERT INTO queue.procrastinate_jobs (scheduled_at, queue_name, task_name, args)
    SELECT due, CASE WHEN task = 'send_webhooks' OR task LIKE 'carry\_%' THEN 'outward' ELSE 'default' END, task,
        ids || jsonb_build_object('tenant_id', guard.tenant())
    RETURNING id
$$;

-- Whether a job is still this attempt's, and keep it so until the transaction ends: a rescue waits for the row. An
-- attempt that was given up for dead writes nothing, because it asks this first in the transaction that it writes in.
CREATE FUNCTION queue.still_mine(job bigint, attempt integer) RETURNS boolean
    LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    WITH held AS (
        SELECT FROM queue.procrastinate_jobs
        WHERE id = job AND status = 'doing' AND attempts = attempt - 1
          AND args ->> 'tenant_id' = guard.tenant()::text
        FOR SHARE
    )
    SELECT EXISTS (SELECT FROM held)
$$;

-- What jobs of one task are about that a living worker, of any process, is doing at this moment.
CREATE FUNCTION queue.under_way(task text, named text) RETURNS TABLE (id uuid)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    SELECT (job.args ->> named)::uuid
    FROM queue.procrastinate_jobs AS job JOIN queue.procrastinate_workers AS worker ON worker.id = job.worker_id
    WHERE job.status = 'doing' AND job.task_name = task AND job.args ->> 'tenant_id' = guard.tenant()::text
      AND worker.last_heartbeat > now() - interval '1 minute'
$$;

GRANT EXECUTE ON FUNCTION queue.defer(text, jsonb, timestamptz), queue.still_mine(bigint, integer),
    queue.under_way(text, text) TO privity_app;

GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA queue TO privity_queue;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA queue TO privity_queue;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA queue TO privity_queue;
REVOKE EXECUTE ON FUNCTION queue.defer(text, jsonb, timestamptz), queue.still_mine(bigint, integer),
    queue.under_way(text, text) FROM privity_queue;
REVOKE INSERT ON queue.procrastinate_jobs FROM privity_queue;
