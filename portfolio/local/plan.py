"""Which servers this instance embeds, which were given, and the settings that follow from it."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from portfolio.config import Settings
from portfolio.local.account import find_server_account
from portfolio.local.data_home import find_data_home
from portfolio.local.postgres import LASTING, SOCKET_LOCK, Postgres, create_cluster
from portfolio.local.postgres_binaries import find_binaries
from portfolio.local.preflight import DEFAULT_HOST, DEFAULT_PORT
from portfolio.local.program import Program
from portfolio.local.redis_servers import (
    CACHE_SETTINGS,
    DURABLE_SETTINGS,
    RedisServer,
    write_configuration,
)
from portfolio.local.sockets import choose_port, make_socket_folder
from portfolio.local.var_folder import VarFolder

DEFAULT_THREADS = str(Settings.model_fields["WEB_THREADS"].default)


@dataclass(frozen=True)
class ServerPlan:
    """The embedded servers, None for each that was given by its address."""

    postgres: Postgres | None
    redis_cache: RedisServer | None
    redis_durable: RedisServer | None

    @property
    def programs(self) -> list[Program]:
        servers = [self.postgres, self.redis_cache, self.redis_durable]
        return [server.program() for server in servers if server is not None]

    @property
    def urls(self) -> dict[str, str]:
        """Addresses of the embedded ones, by the setting's name."""
        servers = {
            "DATABASE_URL": self.postgres.url() if self.postgres else None,
            "REDIS_URL": self.redis_cache.url if self.redis_cache else None,
            "CELERY_BROKER_URL": self.redis_durable.url if self.redis_durable else None,
        }
        return {name: url for name, url in servers.items() if url is not None}


def embedded_names(environ: Mapping[str, str]) -> list[str]:
    """What a person calls those that were not given."""
    redis_given = environ.get("REDIS_URL") and environ.get("CELERY_BROKER_URL")
    found = {"PostgreSQL": not environ.get("DATABASE_URL"), "Redis": not redis_given}
    return [name for name, embedded in found.items() if embedded]


def plan_servers(folder: VarFolder, environ: Mapping[str, str], kept: dict[str, str]) -> ServerPlan:
    """Prepare files for every server that was not given; choices go into `kept`."""
    return ServerPlan(
        postgres=None if environ.get("DATABASE_URL") else _plan_postgres(folder, kept),
        redis_cache=None
        if environ.get("REDIS_URL")
        else _plan_redis("redis-cache", folder, CACHE_SETTINGS, kept),
        redis_durable=None
        if environ.get("CELERY_BROKER_URL")
        else _plan_redis("redis-durable", folder, DURABLE_SETTINGS, kept),
    )


def instance_settings(
    folder: VarFolder, environ: Mapping[str, str], plan: ServerPlan, kept: dict[str, str]
) -> dict[str, str]:
    """What every process of this instance must agree on, by environment variable."""
    given = {
        name: environ[name]
        for name in ["DATABASE_URL", "REDIS_URL", "CELERY_BROKER_URL", "PORTFOLIO_MEDIA"]
        if environ.get(name)
    }
    return {
        **given,
        **plan.urls,
        "HOST": environ.get("HOST") or DEFAULT_HOST,
        "PORT": environ.get("PORT") or DEFAULT_PORT,
        "WEB_THREADS": environ.get("WEB_THREADS") or DEFAULT_THREADS,
        "SECRET_KEY": environ.get("SECRET_KEY")
        or kept.setdefault("SECRET_KEY", secrets.token_hex(32)),
        "PORTFOLIO_VAR": str(folder.root),
    }


def _plan_postgres(folder: VarFolder, kept: dict[str, str]) -> Postgres:
    account = find_server_account()
    home = find_data_home(folder, account, kept)
    sockets = make_socket_folder(home / "socket", SOCKET_LOCK, account, kept.get("SOCKET_FOLDER"))
    kept["SOCKET_FOLDER"] = str(sockets)
    postgres = Postgres(find_binaries(account), home / "postgres", sockets, account, LASTING)
    create_cluster(postgres)
    return postgres


def _plan_redis(
    name: str, folder: VarFolder, settings: dict[str, str], kept: dict[str, str]
) -> RedisServer:
    """The same port as last time if it is free, and always the same password."""
    prefix = name.upper().replace("-", "_")
    remembered = kept.get(f"{prefix}_PORT")
    others = {int(kept[key]) for key in kept if key.endswith("_PORT")} - {int(remembered or 0)}
    port = choose_port(int(remembered) if remembered else None, frozenset(others))
    kept[f"{prefix}_PORT"] = str(port)
    password = kept.setdefault(f"{prefix}_PASSWORD", secrets.token_hex(16))
    server = RedisServer(name, folder.root / name, port, password, settings)
    write_configuration(server)
    return server
