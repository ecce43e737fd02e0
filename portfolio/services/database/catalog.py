"""What PostgreSQL's own views are asked, one statement a part. None of them needs a privilege."""

from sqlalchemy import TextClause, text

_SIZES = {
    False: "pg_total_relation_size(relid) AS bytes, pg_indexes_size(relid) AS index_bytes",
    # As of the last vacuum. It takes no lock, and so waits for none.
    True: """
        relpages::bigint * current_setting('block_size')::bigint + index_bytes AS bytes,
        index_bytes""",
}
_INDEX_PAGES = """
    LEFT JOIN LATERAL (
        SELECT coalesce(sum(i.relpages), 0)::bigint * current_setting('block_size')::bigint
            AS index_bytes
        FROM pg_index JOIN pg_class i ON i.oid = indexrelid WHERE indrelid = relid
    ) AS pages ON true"""
_NAME = "CASE schemaname WHEN 'public' THEN '' ELSE schemaname || '.' END ||"
_LAST_VACUUM = "greatest(last_vacuum, last_autovacuum) AS last_vacuum"

SERVER = text("""
    SELECT split_part(version(), ' ', 2) AS version, pg_database_size(datname) AS bytes,
        pg_postmaster_start_time() AS started_at, stats_reset AS counted_since, deadlocks,
        xact_rollback AS rollbacks, temp_bytes AS temporary_bytes
    FROM pg_stat_database WHERE datname = current_database()""")

CONNECTIONS = text("""
    SELECT current_setting('max_connections')::int AS limit, count(*) AS total,
        count(*) FILTER (WHERE state = 'active') AS active,
        count(*) FILTER (WHERE state = 'idle') AS idle,
        count(*) FILTER (WHERE state LIKE 'idle in%') AS idle_in_transaction,
        count(*) FILTER (WHERE wait_event_type = 'Lock') AS waiting_for_locks,
        extract(epoch FROM clock_timestamp() - min(xact_start) FILTER (
            WHERE pid <> pg_backend_pid()))::float AS oldest_transaction_seconds
    FROM pg_stat_activity
    WHERE datname = current_database() AND coalesce(backend_type, 'client backend')
        = 'client backend'""")

CACHE_HITS = text("""
    SELECT sum(heap_blks_hit)::float / nullif(sum(heap_blks_hit + heap_blks_read), 0) AS tables,
        sum(idx_blks_hit)::float / nullif(sum(idx_blks_hit + idx_blks_read), 0) AS indexes
    FROM pg_statio_user_tables""")

UNUSED_INDEXES = text(f"""
    SELECT {_NAME} indexrelname AS index, {_NAME} s.relname AS table,
        relpages::bigint * current_setting('block_size')::bigint AS bytes, idx_scan AS scans
    FROM pg_stat_user_indexes s JOIN pg_index i USING (indexrelid)
        JOIN pg_class c ON c.oid = indexrelid
    WHERE idx_scan = 0 AND NOT indisunique AND NOT indisexclusion
        AND relpages::bigint * current_setting('block_size')::bigint >= :bytes
        AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)
    ORDER BY bytes DESC, indexrelname LIMIT :limit""")

# A foreign key is followed from the other side whenever a row there is deleted or its key changes.
MISSING_INDEXES = text(f"""
    WITH keys AS (
        SELECT conrelid, conkey, array(
            SELECT attname::text FROM unnest(conkey) WITH ORDINALITY AS k (number, place)
            JOIN pg_attribute ON attrelid = conrelid AND attnum = number ORDER BY place
        ) AS columns
        FROM pg_constraint WHERE contype = 'f' AND NOT EXISTS (
            SELECT FROM pg_index
            WHERE indrelid = conrelid AND indpred IS NULL
                AND (indkey::int2[])[0:cardinality(conkey) - 1] @> conkey)
    )
    SELECT {_NAME} relname AS table, columns, n_live_tup AS rows,
        seq_scan AS sequential_scans, 'a foreign key has no index' AS reason
    FROM keys JOIN pg_stat_user_tables ON relid = conrelid WHERE n_live_tup >= :many
    UNION ALL
    SELECT {_NAME} relname, '{{}}', n_live_tup, seq_scan, 'it is mostly read from end to end'
    FROM pg_stat_user_tables
    WHERE n_live_tup >= :many AND seq_scan > coalesce(idx_scan, 0) AND seq_scan >= :often
    ORDER BY rows DESC, "table" LIMIT :limit""")

BLOAT = text(f"""
    SELECT {_NAME} relname AS table, n_dead_tup AS dead_rows,
        n_dead_tup::float / (n_live_tup + n_dead_tup) AS dead_share, {_LAST_VACUUM}
    FROM pg_stat_user_tables
    WHERE n_dead_tup >= :dead_rows AND n_dead_tup >= :share * (n_live_tup + n_dead_tup)
    ORDER BY dead_rows DESC, relname LIMIT :limit""")

LOCKS = text("""
    SELECT a.pid, pg_blocking_pids(a.pid) AS waits_for, coalesce(mode, wait_event, '') AS lock,
        relation::regclass::text AS table, coalesce(query, '') AS statement,
        extract(epoch FROM clock_timestamp() - query_start)::float AS seconds
    FROM pg_stat_activity a LEFT JOIN pg_locks l ON l.pid = a.pid AND NOT granted
    WHERE a.datname = current_database() AND cardinality(pg_blocking_pids(a.pid)) > 0
    ORDER BY query_start LIMIT :limit""")

SERVER_STATEMENTS = text("""
    SELECT query AS statement, calls AS count, total_exec_time AS total_ms,
        mean_exec_time AS mean_ms, max_exec_time AS worst_ms
    FROM pg_stat_statements
    WHERE dbid = (SELECT oid FROM pg_database WHERE datname = current_database())
    ORDER BY total_exec_time DESC LIMIT :limit""")

NEEDY_TABLES = text(f"""
    SELECT {_NAME} relname AS table, quote_ident(schemaname) || '.' || quote_ident(relname) AS name,
        n_live_tup AS rows, n_dead_tup AS dead_rows, n_mod_since_analyze AS changed_rows,
        last_analyze IS NULL AND last_autoanalyze IS NULL AS never_analyzed
    FROM pg_stat_user_tables ORDER BY n_live_tup + n_dead_tup DESC, relname""")


def tables(*, estimated: bool) -> TextClause:
    """Sizes and use of the largest tables; estimated sizes need no lock."""
    return text(f"""
    SELECT {_NAME} relname AS table, n_live_tup AS rows, {_SIZES[estimated]},
        seq_scan AS sequential_scans, coalesce(idx_scan, 0) AS index_scans,
        n_dead_tup AS dead_rows, {_LAST_VACUUM},
        greatest(last_analyze, last_autoanalyze) AS last_analyze
    FROM (SELECT s.*, c.relpages FROM pg_stat_user_tables s JOIN pg_class c ON c.oid = s.relid)
        AS stats {_INDEX_PAGES if estimated else ""}
    ORDER BY bytes DESC, relname LIMIT :limit""")


def indexes(*, estimated: bool) -> TextClause:
    """Sizes and use of the largest indexes; estimated sizes need no lock."""
    size = (
        "relpages::bigint * current_setting('block_size')::bigint"
        if estimated
        else "pg_relation_size(indexrelid)"
    )
    return text(f"""
    SELECT {_NAME} indexrelname AS index, {_NAME} s.relname AS table, {size} AS bytes,
        idx_scan AS scans
    FROM pg_stat_user_indexes s JOIN pg_class c ON c.oid = indexrelid
    ORDER BY bytes DESC, indexrelname LIMIT :limit""")
