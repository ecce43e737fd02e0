"""Database connections that give up on a server that does not answer at all.

The server's own limits (statement_timeout) cannot end a wait for a server that hangs.
"""

from typing import Any, TypeVar

import psycopg
from psycopg import errors
from psycopg.abc import PQGen
from psycopg.rows import TupleRow
from sqlalchemy import Engine, event

T = TypeVar("T")

CONNECT_TIMEOUT = 2
"""Seconds to wait for a new connection."""


class PatientConnection(psycopg.Connection[TupleRow]):
    """Waits for the server as long as `patience` says, in seconds; for ever when it is None."""

    patience: float | None = None

    def wait(self, gen: PQGen[T], interval: float = 0.1, timeout: float | None = None) -> T:
        """See psycopg. A connection whose server did not answer is closed.

        Raises:
            psycopg.OperationalError: patience has ended.
        """
        try:
            return super().wait(gen, interval, self.patience if timeout is None else timeout)
        except errors._WaitTimeout as error:
            self.close()
            raise psycopg.OperationalError("the server does not answer") from error


def limit_waits(engine: Engine, patience: float) -> None:
    """Make every new connection of an engine a patient one."""

    @event.listens_for(engine, "do_connect")
    def connect(
        _dialect: object, _record: object, arguments: list[Any], options: dict[str, Any]
    ) -> PatientConnection:
        options["connect_timeout"] = CONNECT_TIMEOUT
        connection = PatientConnection.connect(*arguments, **options)
        connection.patience = patience
        return connection


def wait_for_ever(connection: Any) -> None:
    """Let one SQLAlchemy connection wait as long as it takes, for migrations."""
    connection.connection.driver_connection.patience = None
