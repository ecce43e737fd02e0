"""The DDL by which PostgreSQL itself writes down who changed which content; for migrations.

The triggers are ordinary ones, not ENABLE ALWAYS: where changes are copied from elsewhere (a
replica, a restore with triggers off), the table of changes is copied with them.
"""

ROW_LIMIT = 1000
"""A statement that changes more rows than this is one row that says how many."""
VALUE_LENGTH = 1000
"""Characters of a value as JSON; what is longer is cut, and says how long it was."""

INSTALL = (
    """
CREATE TABLE changes (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    at timestamptz DEFAULT clock_timestamp() NOT NULL,
    actor text NOT NULL,
    action text NOT NULL,
    entity text NOT NULL,
    row_id uuid,
    profile_id uuid,
    project_id uuid,
    rows integer,
    fields jsonb DEFAULT '{}' NOT NULL,
    CONSTRAINT pk_changes PRIMARY KEY (id)
)""",
    "CREATE INDEX ix_changes_at ON changes (at, id)",
    "CREATE INDEX ix_changes_profile_id ON changes (profile_id, at, id)",
    "CREATE INDEX ix_changes_project_id ON changes (project_id, at, id)",
    f"""
CREATE FUNCTION changes_told(value jsonb) RETURNS jsonb
LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp
RETURN CASE WHEN length(value::text) <= {VALUE_LENGTH} THEN value
    ELSE to_jsonb(concat(left(value #>> '{{}}', {VALUE_LENGTH}),
        '… (', length(value #>> '{{}}'), ' characters)')) END""",
    # Qualified names and SECURITY DEFINER, as the cache's triggers have them: a role without
    # rights here, and pg_restore's empty search_path, must not make a user's write fail.
    f"""
DO $install$
BEGIN
  EXECUTE replace($function$
CREATE FUNCTION @schema@.changes_note() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $body$
DECLARE
  kind constant text := TG_ARGV[0];
  verb constant text := CASE TG_OP WHEN 'INSERT' THEN 'create' ELSE lower(TG_OP) END;
  who constant text := coalesce(
    nullif(current_setting('portfolio.actor', true), ''),
    concat_ws(' ', 'database:', session_user, nullif(current_setting('application_name'), '')));
  past jsonb[];
  present jsonb[];
  total integer;
BEGIN
  IF current_setting('application_name') = 'pg_restore' THEN
    RETURN NULL;  -- of a dump of the data alone; it brings the table of changes along
  ELSIF TG_OP = 'INSERT' THEN
    SELECT array_agg(NULL::jsonb), array_agg(to_jsonb(n)) INTO past, present
      FROM (SELECT * FROM new_rows LIMIT {ROW_LIMIT} + 1) AS n;
    total := cardinality(present);
  ELSIF TG_OP = 'DELETE' THEN
    SELECT array_agg(to_jsonb(o)), array_agg(NULL::jsonb) INTO past, present
      FROM (SELECT * FROM old_rows LIMIT {ROW_LIMIT} + 1) AS o;
    total := cardinality(past);
  ELSIF TG_OP = 'UPDATE' THEN
    SELECT array_agg(c.was), array_agg(c.became), count(*) INTO past, present, total
      FROM (SELECT to_jsonb(o) AS was, to_jsonb(n) AS became
              FROM old_rows AS o FULL JOIN new_rows AS n USING (id)
             WHERE o IS DISTINCT FROM n LIMIT {ROW_LIMIT} + 1) AS c;
  ELSE
    INSERT INTO @schema@.changes (actor, action, entity) VALUES (who, verb, kind);
    RETURN NULL;
  END IF;
  IF total > {ROW_LIMIT} THEN
    IF TG_OP = 'DELETE' THEN
      SELECT count(*) INTO total FROM old_rows;
    ELSE
      SELECT count(*) INTO total FROM new_rows;
    END IF;
    INSERT INTO @schema@.changes (actor, action, entity, rows) VALUES (who, verb, kind, total);
    RETURN NULL;
  END IF;
  INSERT INTO @schema@.changes
    (actor, action, entity, row_id, profile_id, project_id, rows, fields)
  SELECT who, CASE WHEN pair.was IS NULL THEN 'create' WHEN pair.became IS NULL THEN 'delete'
                   ELSE verb END,
         kind, (this.content ->> 'id')::uuid,
         CASE WHEN kind = 'profile' THEN this.content ->> 'id'
              ELSE coalesce(this.content ->> 'profile_id', (
                SELECT p.profile_id::text FROM @schema@.projects AS p
                 WHERE p.id = (this.content ->> 'project_id')::uuid)) END::uuid,
         (this.content ->> CASE WHEN kind = 'project' THEN 'id' ELSE 'project_id' END)::uuid,
         1, coalesce(told.fields, '{{}}')
    FROM unnest(past, present) AS pair (was, became)
   CROSS JOIN LATERAL (SELECT coalesce(pair.became, pair.was)) AS this (content)
   CROSS JOIN LATERAL (
     SELECT jsonb_object_agg(name,
              CASE WHEN pair.was IS NULL THEN '{{}}'::jsonb
                   ELSE jsonb_build_object('old', @schema@.changes_told(pair.was -> name)) END
              || CASE WHEN pair.became IS NULL THEN '{{}}'::jsonb
                   ELSE jsonb_build_object('new', @schema@.changes_told(pair.became -> name)) END)
       FROM jsonb_object_keys(this.content) AS name
      WHERE name NOT IN ('id', 'created_at', 'updated_at')
        AND CASE WHEN pair.was IS NULL OR pair.became IS NULL
                 THEN this.content -> name NOT IN ('null', '""', '[]', '{{}}')
                 ELSE pair.was -> name IS DISTINCT FROM pair.became -> name END
   ) AS told (fields)
   WHERE told.fields IS NOT NULL OR pair.was IS NULL OR pair.became IS NULL;
  RETURN NULL;
END
$body$
$function$, '@schema@', quote_ident(current_schema()));
END
$install$""",
)

REMOVE = (
    "DROP FUNCTION changes_note() CASCADE",
    "DROP FUNCTION changes_told(jsonb)",
    "DROP TABLE changes",
)


def record(table: str, entity: str) -> tuple[str, ...]:
    """Statements that make changes of `table` stand in the history as changes of `entity`.

    The table has an `id`, and a `profile_id` or a `project_id` unless it is theirs.
    """
    transitions = {
        "insert": "REFERENCING NEW TABLE AS new_rows",
        "update": "REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows",
        "delete": "REFERENCING OLD TABLE AS old_rows",
        "truncate": "",
    }
    return tuple(
        f"CREATE TRIGGER changes_{event} AFTER {event.upper()} ON {table} {transition} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION changes_note('{entity}')"
        for event, transition in transitions.items()
    )
