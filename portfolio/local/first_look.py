"""Whether the settings will do, and the servers that were given: the look before the start."""

from __future__ import annotations

from collections.abc import Mapping

import psycopg
import redis

from portfolio.config import Settings, SettingsError
from portfolio.local.errors import LocalRuntimeError
from portfolio.local.readiness import ANSWER_SECONDS, connect_redis

OLDEST_POSTGRES = 140000
OLDEST_REDIS = (6, 2)


STAND_INS = {
    "DATABASE_URL": "postgresql://embedded/",
    "REDIS_URL": "redis://embedded/",
    "CELERY_BROKER_URL": "redis://embedded/",
    "SECRET_KEY": "made by the launcher",
}
"""For what the launcher itself will set, unless it is given."""


def check_settings(environ: Mapping[str, str]) -> None:
    """LocalRuntimeError with a sentence for each setting that the application would refuse."""
    given = {name: value for name, value in environ.items() if value}
    try:
        Settings.load({**STAND_INS, **given})
    except SettingsError as error:
        raise LocalRuntimeError(str(error)) from None


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
        raise LocalRuntimeError(f"DATABASE_URL: {_reason(error)}.") from None
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
        raise LocalRuntimeError(f"{name}: {_reason(error)}.") from None
    if tuple(int(part) for part in version.split(".")[:2]) < OLDEST_REDIS:
        oldest = ".".join(map(str, OLDEST_REDIS))
        raise LocalRuntimeError(
            f"{name}: the server is Redis {version}, {oldest} or later is needed."
        )


def _reason(error: Exception) -> str:
    """Drivers put the reason last, and questions behind it; none of it holds the password."""
    lines = [line.strip() for line in str(error).splitlines()]
    answers = [line for line in lines if line and not line.endswith("?")]
    return answers[-1].rstrip(".") if answers else type(error).__name__
