"""The first admin token is made last, and whoever interrupts that still gets to see it."""

import os
from collections.abc import Callable

import psycopg
import pytest

from portfolio.local import bootstrap
from portfolio.local.embedded import EmbeddedServers
from portfolio.local.postgres import create_database
from portfolio.local.stop_signals import StopRequested, StopSignals

DATABASE = "bootstrapped"


class Interrupted(StopSignals):
    """Somebody asks to stop as soon as the first command runs."""

    def sleep(self, seconds: float) -> None:
        self.requested = True
        super().sleep(seconds)


@pytest.fixture
def environment(servers: EmbeddedServers) -> dict[str, str]:
    with psycopg.connect(servers.superuser_url, autocommit=True) as connection:
        create_database(connection, DATABASE)
    settings = {"DATABASE_URL": servers.cluster.url(DATABASE), "SECRET_KEY": "only for this test"}
    return {"PATH": os.environ["PATH"], **servers.environment, **settings}


@pytest.fixture
def count_tokens(servers: EmbeddedServers) -> Callable[[], int]:
    def count() -> int:
        with psycopg.connect(servers.cluster.url(DATABASE)) as connection:
            row = connection.execute("select count(*) from api_tokens").fetchone()
        assert row is not None
        return int(row[0])

    return count


def test_the_first_token_is_made_apart_and_not_lost(
    environment: dict[str, str],
    count_tokens: Callable[[], int],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    bootstrap.prepare_content(environment, StopSignals())
    assert count_tokens() == 0
    with pytest.raises(StopRequested):
        bootstrap.prepare_content(environment, Interrupted())

    monkeypatch.setattr(bootstrap, "TOKEN_SECONDS", 0.0)
    with pytest.raises(StopRequested):
        bootstrap.ensure_admin(environment, Interrupted())
    assert count_tokens() == 0

    monkeypatch.setattr(bootstrap, "TOKEN_SECONDS", 60.0)
    assert len(bootstrap.ensure_admin(environment, Interrupted())) >= 20
    assert count_tokens() == 1
    assert bootstrap.ensure_admin(environment, StopSignals()) == ""
