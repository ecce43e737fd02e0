"""Which errors say that the database is busy or away. It knows neither requests nor commands."""

import psycopg
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from portfolio.caching.flight import FlightTimeout
from portfolio.caching.source import SourceUnavailable

_TURNED_AWAY = (FlightTimeout, PoolTimeout, SourceUnavailable)
DATABASE_ERRORS = (*_TURNED_AWAY, DBAPIError, psycopg.Error)
"""All that is raised when the database does not do what it is asked."""
_BUSY_STATES = ("08", "53", "57P", "40001", "40P01", "55P03", "57014", "25006", "25P03")
"""PostgreSQL's SQLSTATEs that say: not now. Connections, resources, shutdown, conflicts, limits."""


def is_unavailable(error: BaseException) -> bool:
    """Whether an error says that the database is busy or away."""
    return isinstance(error, _TURNED_AWAY) or is_busy(error)


def is_busy(error: BaseException) -> bool:
    """Whether a database error says that trying again later may help."""
    if isinstance(error, DBAPIError):
        if error.connection_invalidated or error.orig is None:
            return True
        error = error.orig
    if not isinstance(error, psycopg.Error):
        return False
    if error.sqlstate is None:  # it never reached the server, or the connection broke
        return isinstance(error, psycopg.OperationalError | psycopg.InterfaceError)
    return error.sqlstate.startswith(_BUSY_STATES)
