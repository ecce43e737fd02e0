"""Work that one at a time does, over all processes."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import func, select

from portfolio.extensions import db


@contextmanager
def held_alone(key: int) -> Iterator[bool]:
    """Whether nobody else is inside with this key (63 bits), until the end.

    The lock ends with the connection: what a worker that was killed has held is free at once.
    """
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if not connection.scalar(select(func.pg_try_advisory_lock(key))):
            yield False
            return
        try:
            yield True
        finally:
            connection.scalar(select(func.pg_advisory_unlock(key)))
