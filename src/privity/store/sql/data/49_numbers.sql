-- A number of the tenant's that is nobody's from now on; whoever takes it next is sent what is sent to it then.
CREATE FUNCTION identity.release_number(hash bytea, project uuid) RETURNS void
    LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
    AS $$
        DELETE FROM identity.number AS n
        WHERE n.number_index = hash AND n.tenant_id = guard.tenant() AND n.project_id = project
    $$;

REVOKE ALL ON FUNCTION identity.release_number(bytea, uuid) FROM public;
GRANT EXECUTE ON FUNCTION identity.release_number(bytea, uuid) TO privity_app;
