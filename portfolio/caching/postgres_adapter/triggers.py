"""The DDL by which PostgreSQL itself says what changed; for migrations.

Statement-level triggers write the tags of changed rows into `cache_outbox` within the writer's own
transaction, so that a commit and its invalidation cannot part, and NOTIFY whoever listens.
"""

from collections.abc import Sequence

CHANNEL = "cache_outbox"
ROW_LIMIT = 100
"""A statement that changes more rows than this says `entity:*` instead of naming them."""

INSTALL = (
    """
CREATE TABLE cache_outbox (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tag text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp()
)""",
    """
CREATE TABLE cache_state (
    singleton boolean PRIMARY KEY DEFAULT true CHECK (singleton),
    epoch text NOT NULL,
    store_run_id text NOT NULL,
    watch text NOT NULL DEFAULT ''
)""",
    "INSERT INTO cache_state (epoch, store_run_id) VALUES (gen_random_uuid()::text, '')",
    # SECURITY DEFINER and qualified names: a role without rights on the outbox, and pg_restore's
    # empty search_path, must not make a user's write fail.
    f"""
DO $install$
BEGIN
  EXECUTE replace($function$
CREATE FUNCTION @schema@.cache_note_change() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $body$
DECLARE
  entity constant text := TG_ARGV[0];
  changed jsonb[];
  row_limit integer := {ROW_LIMIT};
BEGIN
  IF TG_OP = 'INSERT' THEN
    SELECT array_agg(to_jsonb(c)) INTO changed
      FROM (SELECT * FROM new_rows LIMIT {ROW_LIMIT} + 1) AS c;
  ELSIF TG_OP = 'DELETE' THEN
    SELECT array_agg(to_jsonb(c)) INTO changed
      FROM (SELECT * FROM old_rows LIMIT {ROW_LIMIT} + 1) AS c;
  ELSIF TG_OP = 'UPDATE' THEN
    row_limit := 2 * row_limit;
    SELECT array_agg(to_jsonb(c)) INTO changed
      FROM (SELECT * FROM (
              (TABLE old_rows EXCEPT ALL TABLE new_rows)
              UNION ALL
              (TABLE new_rows EXCEPT ALL TABLE old_rows)
            ) AS both_sides LIMIT 2 * {ROW_LIMIT} + 1) AS c;
  ELSE
    INSERT INTO @schema@.cache_outbox (tag) VALUES (entity), (entity || ':*');
    PERFORM pg_notify('{CHANNEL}', '');
    RETURN NULL;
  END IF;
  IF changed IS NULL THEN
    RETURN NULL;
  END IF;
  IF cardinality(changed) > row_limit THEN
    INSERT INTO @schema@.cache_outbox (tag) VALUES (entity), (entity || ':*');
  ELSE
    INSERT INTO @schema@.cache_outbox (tag)
    SELECT entity
    UNION
    SELECT entity || ':' || named.name || '=' || (one.content ->> named.name)
      FROM unnest(changed) AS one (content), unnest(TG_ARGV) AS named (name)
     WHERE one.content ->> named.name IS NOT NULL;
  END IF;
  PERFORM pg_notify('{CHANNEL}', '');
  RETURN NULL;
END
$body$
$function$, '@schema@', quote_ident(current_schema()));
END
$install$""",
)

WATCH = """
SELECT watch, (
    SELECT md5(concat_ws(' ', extract(epoch FROM pg_postmaster_start_time()),
        string_agg(concat_ws(' ', oid, xmin, tgrelid, tgenabled), ',' ORDER BY oid)))
    FROM pg_trigger WHERE tgfoid = to_regproc('cache_note_change')
) FROM cache_state"""
"""What identified the watching triggers last time, and what does now.

A restore makes tables anew, and their triggers when all rows are in: what changed by it nobody was
told. `DISABLE TRIGGER` and its like show here too, also when it was undone: `xmin` is another then.
A server that was started since may have an older copy of the files, or be another.
"""

REMEMBER_WATCH = "ALTER TABLE cache_state ADD COLUMN IF NOT EXISTS watch text NOT NULL DEFAULT ''"
"""For databases that were made without it."""

REMOVE = (
    "DROP FUNCTION cache_note_change() CASCADE",
    "DROP TABLE cache_state",
    "DROP TABLE cache_outbox",
)

INVALIDATE_ALL = (
    "INSERT INTO cache_outbox (tag) VALUES ('all')",
    f"SELECT pg_notify('{CHANNEL}', '')",
)
"""Every run of migrations ends with these, since DDL fires no trigger."""


def watch(table: str, entity: str, columns: Sequence[str]) -> tuple[str, ...]:
    """Statements that make changes of `table` invalidate `entity` and `entity:column=value`.

    ENABLE ALWAYS: also on replicas and in restores, where ordinary triggers do not fire.
    """
    arguments = ", ".join(f"'{word}'" for word in (entity, *columns))
    call = f"EXECUTE FUNCTION cache_note_change({arguments})"
    transitions = {
        "insert": "REFERENCING NEW TABLE AS new_rows",
        "update": "REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows",
        "delete": "REFERENCING OLD TABLE AS old_rows",
        "truncate": "",
    }
    statements = []
    for event, transition in transitions.items():
        name = f"cache_{event}"
        statements.append(
            f"CREATE TRIGGER {name} AFTER {event.upper()} ON {table} {transition} "
            f"FOR EACH STATEMENT {call}"
        )
        statements.append(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}")
    return tuple(statements)
