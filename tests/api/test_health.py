"""What balancers are told."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from apiflask import APIFlask
from flask.testing import FlaskClient
from sqlalchemy import text

from portfolio.extensions import MIGRATIONS, db
from portfolio.local.embedded import EmbeddedServers
from portfolio.services.health import newest_revisions


def test_ready(client: FlaskClient) -> None:
    answer = client.get("/ready/")
    assert answer.status_code == 200
    assert answer.json == {"status": "ready", "database": "ok", "cache": "ok"}
    assert answer.headers["Cache-Control"] == "no-store"
    assert client.get("/live/").json == {"status": "live"}


@pytest.fixture
def without_cache(servers: EmbeddedServers) -> Iterator[None]:
    servers.redis_cache.suspend()
    yield
    servers.redis_cache.resume()


def test_without_the_cache_it_is_degraded_but_ready(
    make_app: Callable[..., APIFlask], without_cache: None
) -> None:
    answer = make_app(CACHE_TIMEOUT="0.1").test_client().get("/ready/")
    assert answer.status_code == 200
    assert answer.json == {"status": "degraded", "database": "ok", "cache": "unavailable"}


_SCRIPTS = ScriptDirectory(str(MIGRATIONS))
_ONE_BEHIND = list(_SCRIPTS.walk_revisions())[1].revision


def test_the_newest_migrations_are_those_that_alembic_would_go_to(tmp_path: Path) -> None:
    folder = tmp_path / "versions"
    shutil.copytree(MIGRATIONS / "versions", folder)
    heads = frozenset(_SCRIPTS.get_heads())
    assert newest_revisions(folder) == heads
    shutil.copy(MIGRATIONS / "script.py.mako", tmp_path)
    scripts = ScriptDirectory(str(tmp_path))
    scripts.generate_revision("one", "A new one")
    newest_revisions.cache_clear()
    assert newest_revisions(folder) == {"one"}
    scripts.generate_revision("other", "Beside it", head=next(iter(heads)), splice=True)
    newest_revisions.cache_clear()
    assert newest_revisions(folder) == {"one", "other"} == set(scripts.get_heads())
    scripts.generate_revision("merged", "Both", head=("one", "other"))
    newest_revisions.cache_clear()
    assert newest_revisions(folder) == {"merged"}


@pytest.mark.parametrize(
    "damage",
    [
        f"UPDATE alembic_version SET version_num = '{_ONE_BEHIND}'",
        "UPDATE alembic_version SET version_num = '9999'",
        "DROP TABLE alembic_version",
    ],
)
def test_not_migrated(app: APIFlask, client: FlaskClient, damage: str) -> None:
    with app.app_context(), db.engine.begin() as connection:
        present = connection.scalars(text("SELECT version_num FROM alembic_version")).one()
        connection.execute(text("CREATE TABLE kept AS TABLE alembic_version"))
        connection.execute(text(damage))
    try:
        answer = client.get("/ready/")
        assert answer.status_code == 503
        assert answer.json["database"] == "unmigrated"
        assert answer.headers["Retry-After"]
    finally:
        with app.app_context(), db.engine.begin() as connection:
            connection.execute(text("DROP TABLE IF EXISTS alembic_version"))
            connection.execute(text("ALTER TABLE kept RENAME TO alembic_version"))
            version = connection.scalars(text("SELECT version_num FROM alembic_version")).one()
    assert version == present
    assert client.get("/ready/").status_code == 200
