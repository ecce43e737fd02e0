"""Asks the servers that were given whether they will do: name, password, database, version."""

from __future__ import annotations

from collections.abc import Mapping

import psycopg
import redis

from portfolio.local.errors import LocalRuntimeError
from portfolio.local.readiness import ANSWER_SECONDS, connect_redis

OLDEST_POSTGRES = 140000
OLDEST_REDIS = (6, 2)


def check_given_servers(environ: Mapping[str, str]) -> None:
    """LocalRuntimeError with one sentence about the first that will not."""
    if url := environ.get("DATABASE_URL"):
        check_database(url)
    for name in ["REDIS_URL", "CELERY_BROKER_URL"]:
        if url := environ.get(name):
            check_redis(name, url)


def check_database(url: str) -> None:
    try:
        with psycopg.connect(
            url.replace("postgresql+psycopg://", "postgresql://", 1),
            connect_timeout=ANSWER_SECONDS,
        ) as connection:
            version = connection.info.server_version
    except psycopg.Error as error:
        raise LocalRuntimeError(f"DATABASE_URL: {_last_line(error)}.") from None
    if version < OLDEST_POSTGRES:
        oldest = OLDEST_POSTGRES // 10000
        raise LocalRuntimeError(
            f"DATABASE_URL: the server is PostgreSQL {version // 10000}, "
            f"{oldest} or later is needed."
        )


def check_redis(name: str, url: str) -> None:
    try:
        with connect_redis(url) as client:
            version = str(client.info("server")["redis_version"])
    except (redis.RedisError, ValueError) as error:
        raise LocalRuntimeError(f"{name}: {_last_line(error)}.") from None
    if tuple(int(part) for part in version.split(".")[:2]) < OLDEST_REDIS:
        oldest = ".".join(map(str, OLDEST_REDIS))
        raise LocalRuntimeError(
            f"{name}: the server is Redis {version}, {oldest} or later is needed."
        )


def _last_line(error: Exception) -> str:
    """Drivers put the reason last; no line of theirs contains the password."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return lines[-1].rstrip(".") if lines else type(error).__name__
