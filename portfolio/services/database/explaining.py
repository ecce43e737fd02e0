"""How PostgreSQL would answer a statement: its plan, in a transaction that can change nothing."""

import re

import psycopg
from psycopg.errors import ReadOnlySqlTransaction
from sqlalchemy import text

from portfolio.database_errors import is_busy
from portfolio.extensions import db
from portfolio.queries.statement import CUT, is_single_read, normalise
from portfolio.schemas.text import has_lone_surrogate
from portfolio.services.database.recorded import find_recorded

LOCK_PATIENCE = "1s"
GENERIC_SINCE = 160_000
"""The version of PostgreSQL that can plan a statement without its values."""

_RECORDED_ID = re.compile(r"[0-9a-f]{12}")
_PARAMETER = re.compile(r"\$\d")
_CALL = re.compile(r'("(?:[^"]|"")+"|[^\W\d][\w$]*) ?\(')
_ODD_NAME = re.compile(r'\bU&"', re.IGNORECASE)
_HARMLESS = (
    *("clock_timestamp", "timeofday", "random", "random_normal", "gen_random_uuid", "uuidv4"),
    *("uuidv7", "currval", "lastval", "pg_relation_size", "pg_total_relation_size"),
    *("pg_table_size", "pg_indexes_size", "pg_database_size", "pg_tablespace_size"),
)
"""Functions that are volatile, and only because they do not always tell the same."""
_ACTING = text("""
SELECT min(proname) FROM pg_proc
WHERE provolatile = 'v' AND proname = ANY (:called) AND proname <> ALL (:harmless)
""")
_LIMITS = text(
    "SELECT set_config('lock_timeout', :lock, true),"
    " set_config('transaction_read_only', 'on', true)"
)


class CannotExplain(Exception):
    """There is no plan; the message is a sentence that says why."""


def explain_statement(given: str, *, analyze: bool) -> str:
    """The plan of a recorded statement, by its id, or of one that is given.

    Args:
        analyze: run it, to tell real times and rows.

    Raises:
        CannotExplain: it is no single SELECT or WITH, is not recorded, or cannot be planned.
        QueriesUnavailable: an id was given and the records cannot be read.
    """
    statement = _recorded(given) if _RECORDED_ID.fullmatch(given) else given
    if has_lone_surrogate(statement):
        raise CannotExplain("It holds bytes that are no text in UTF-8.")
    if not is_single_read(statement):
        raise CannotExplain("Only a single SELECT or WITH can be explained.")
    lacks_values = _PARAMETER.search(statement) is not None
    if analyze and lacks_values:
        raise CannotExplain("It has no values to be run with: give the SQL, with values.")
    if lacks_values:
        # This text has no semicolon: whatever it is, it is one statement.
        return _explain(f"EXPLAIN (GENERIC_PLAN) {normalise(statement)}", generic=True)
    if analyze:
        _refuse_acts(statement)
    options = "ANALYZE, BUFFERS" if analyze else "COSTS"
    return _explain(f"EXPLAIN ({options}) {statement}", generic=False)


def _refuse_acts(statement: str) -> None:
    """A transaction that can change nothing still ends connections, sleeps, or reads files."""
    bare = normalise(statement)
    if bare.endswith(CUT) or _ODD_NAME.search(bare):
        raise CannotExplain("It is too long, or has names too odd, to be run only to be explained.")
    named = _CALL.findall(bare)
    called = [
        name[1:-1].replace('""', '"') if name.startswith('"') else name.lower() for name in named
    ]
    with db.engine.connect() as connection:
        acting = connection.scalar(_ACTING, {"called": called, "harmless": list(_HARMLESS)})
    if acting is not None:
        raise CannotExplain(f"It is not run: {acting} may do more than to answer.")


def _recorded(number: str) -> str:
    statement = find_recorded(number)
    if statement is None:
        raise CannotExplain(f"No recorded statement has the id {number}.")
    if statement.endswith(CUT):
        raise CannotExplain("It is too long to be recorded whole: give the SQL, with values.")
    return statement


def _explain(command: str, *, generic: bool) -> str:
    with db.engine.connect() as connection:
        try:
            connection.execute(_LIMITS, {"lock": LOCK_PATIENCE})
            driver = connection.connection.driver_connection
            assert isinstance(driver, psycopg.Connection)  # noqa: S101 - told to the type checker
            if generic and driver.info.server_version < GENERIC_SINCE:
                raise CannotExplain(
                    "This server cannot plan a statement without its values (PostgreSQL 16 can):"
                    " give the SQL, with values."
                )
            # Binary results mean PostgreSQL's extended protocol: one statement and no more, and no
            # parameter without its value.
            rows = driver.execute(command.encode(), prepare=False, binary=not generic).fetchall()
        except psycopg.Error as error:
            if is_busy(error) and not isinstance(error, ReadOnlySqlTransaction):
                raise
            raise CannotExplain(f"PostgreSQL cannot plan it: {_reason(error)}.") from error
        finally:
            # Whatever the statement has set or locked ends with the connection.
            connection.invalidate()
    return "\n".join(str(line) for (line,) in rows)


def _reason(error: psycopg.Error) -> str:
    return str(error.diag.message_primary or type(error).__name__)
