"""Whether the application can answer: what it needs is there, and the tables are up to date."""

import logging
import re
from functools import cache
from pathlib import Path
from typing import Literal

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, ProgrammingError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from portfolio.caching.breaker import StoreUnavailable
from portfolio.caching.flask_adapter import cache_extension
from portfolio.errors import ServiceUnavailable
from portfolio.extensions import MIGRATIONS, db
from portfolio.schemas.health import Readiness

_REVISION = re.compile(r"^(?P<name>(?:down_)?revision)\b[^=\n]*=(?P<ids>.*)$", re.MULTILINE)
_ID = re.compile(r"[\"'](\w+)[\"']")

logger = logging.getLogger(__name__)


def check_readiness() -> Readiness:
    """Whether requests can be answered; `degraded` without the cache.

    Raises:
        ServiceUnavailable: the database is away or not migrated.
    """
    cache_state = _check_cache()
    database_state = _check_database()
    if database_state != "ok":
        raise ServiceUnavailable(
            "The database is away or not migrated.", database=database_state, cache=cache_state
        )
    return Readiness(
        status="ready" if cache_state == "ok" else "degraded", database="ok", cache=cache_state
    )


@cache
def newest_revisions(folder: Path) -> frozenset[str]:
    """The migrations in a folder that no other comes after.

    Alembic knows them too; to import it for this would cost each process 8 MB.
    """
    found: dict[str, set[str]] = {"revision": set(), "down_revision": set()}
    for file in folder.glob("*.py"):
        for line in _REVISION.finditer(file.read_text("utf-8")):
            found[line["name"]].update(_ID.findall(line["ids"]))
    return frozenset(found["revision"] - found["down_revision"])


def _check_database() -> str:
    expected = newest_revisions(MIGRATIONS / "versions")
    try:
        with db.engine.connect() as connection:
            present = connection.scalars(text("SELECT version_num FROM alembic_version")).all()
    except ProgrammingError:
        return "unmigrated"  # there is not even alembic's own table
    except (DBAPIError, PoolTimeout) as error:
        logger.warning("not ready: %s", type(error).__name__)
        return "unavailable"
    return "ok" if frozenset(present) == expected else "unmigrated"


def _check_cache() -> Literal["ok", "unavailable"]:
    try:
        cache_extension().store.ping()
    except StoreUnavailable:
        return "unavailable"
    return "ok"
