"""The policy table holds for the application as it is: what is computed, watched and answered."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient
from flask_migrate import upgrade
from sqlalchemy import event, text

from portfolio.cache_policy import POLICIES, WATCHED
from portfolio.caching.counters import EVENTS
from portfolio.caching.policy import ALL, CacheType, Policy, PolicyError, PolicyTable
from portfolio.command_app import create_command_app
from portfolio.config import Settings
from portfolio.extensions import db
from portfolio.local.embedded import EmbeddedServers
from portfolio.schemas.cache import CacheFigures
from portfolio.services.imports.importing import import_resume
from portfolio.services.imports.resume_reading import read_resume
from portfolio.services.warming import list_hot_paths
from tests.conftest import close_app

SAMPLE = Path("portfolio/local/sample.json")

UNCACHED = {"health", "docs", "problems", "openapi", "static", "cache", "history", "media"} | {
    "database",
    "conversations",
    "completions",
    "job_analyses",
    "shared",
    "visitors",
    "visit_statistics",
    "statistics",
    "contact",
    "scripts",
}
"""Blueprints whose GET views no policy covers: they speak of this moment, of the operator's
figures or of what only holders of a token may know, belong to one visitor, are made of nothing
but code, or send files (whose visibility alone is cached)."""


@pytest.fixture
def app(make_app: Callable[..., APIFlask]) -> APIFlask:
    """The whole application, where the other tests beside this one have a small one."""
    return make_app()


@pytest.fixture
def sample(app: APIFlask) -> APIFlask:
    with app.app_context():
        import_resume(read_resume(SAMPLE.read_bytes()))
    return app


def test_every_get_view_has_a_policy_or_a_reason(app: APIFlask) -> None:
    views = {
        rule.endpoint: app.view_functions[rule.endpoint]
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or ())
    }
    uncached = {name for name, view in views.items() if not hasattr(view, "cache_policy")}
    assert {name.partition(".")[0] for name in uncached} <= UNCACHED
    cached = {view.cache_policy.name for view in views.values() if hasattr(view, "cache_policy")}
    assert cached == {policy.name for policy in POLICIES.values() if policy.type == CacheType.API}


def test_every_tag_belongs_to_a_watched_table(app: APIFlask) -> None:
    columns: dict[str, set[str]] = {}
    for entity, names in WATCHED.values():
        columns.setdefault(entity, set()).update(names)
    for policy in POLICIES.values():
        for template in policy.depends:
            entity, _, row = template.partition(":")
            assert entity in columns, (policy.name, template)
            if row and row != "*":
                assert row.partition("=")[0] in columns[entity], (policy.name, template)


def test_every_watched_table_has_triggers_that_always_fire(app: APIFlask) -> None:
    query = text(
        "SELECT relname, count(*) FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid"
        " WHERE tgname LIKE 'cache_%' AND tgenabled = 'A' GROUP BY relname"
    )
    with app.app_context():
        assert dict(db.session.execute(query).all()) == dict.fromkeys(WATCHED, 4)


def test_all_content_has_a_history(app: APIFlask) -> None:
    """Whatever visitors see is content, and of content it is told who changed it."""
    query = text(
        "SELECT relname, count(*) FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid"
        " WHERE tgname LIKE 'changes_%' AND tgenabled = 'O' GROUP BY relname"
    )
    content = [table for table, (entity, _) in WATCHED.items() if entity != "knowledge"]
    with app.app_context():
        assert dict(db.session.execute(query).all()) == dict.fromkeys(content, 4)


@contextmanager
def tables_read(app: APIFlask) -> Iterator[set[str]]:
    """Names of the tables in every statement that runs inside."""
    seen: set[str] = set()

    def note(_conn: object, _cursor: object, statement: str, *_rest: object) -> None:
        seen.update(re.findall(r"(?:FROM|JOIN)\s+([a-z_]+)", statement))

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)


def test_no_page_reads_a_table_that_its_policy_does_not_depend_on(sample: APIFlask) -> None:
    client = sample.test_client()
    with sample.app_context():
        paths = list_hot_paths()
    for path in paths:
        with tables_read(sample) as seen:
            assert client.get(path).headers["Cache-Status"] == "portfolio; fwd=miss; stored"
        entities = {WATCHED[table][0] for table in seen & WATCHED.keys()}
        unwatched = {table for table in seen - WATCHED.keys() if not table.startswith("pg_")}
        assert unwatched <= {"cache_state", "cache_outbox", "unnest"}, path
        endpoint, _arguments = sample.url_map.bind("localhost").match(path)
        policy: Policy = sample.view_functions[endpoint].cache_policy
        declared = {template.partition(":")[0] for template in policy.depends}
        assert entities <= declared, (path, entities - declared)


def test_an_edit_of_any_table_shows_in_the_profile(sample: APIFlask) -> None:
    client = sample.test_client()
    with sample.app_context():
        slug = db.session.scalar(text("SELECT slug FROM profiles"))
    path = f"/api/v1/profiles/{slug}/"
    for table in WATCHED:
        before = client.get(path)
        again = client.get(path)
        assert "hit" in again.headers["Cache-Status"], table
        with sample.app_context():
            db.session.execute(text(f'DELETE FROM "{table}"'))
            db.session.commit()
        after = client.get(path)
        if table == "profiles":
            assert after.status_code == 404
            with sample.app_context():
                import_resume(read_resume(SAMPLE.read_bytes()))
        elif table not in ("projects", "project_images") and WATCHED[table][0] != "knowledge":
            assert after.json != before.json, table


def test_keys_are_readable_and_say_nothing_private(client: FlaskClient, sample: APIFlask) -> None:
    client.get("/api/v1/projects/?search=quiet")
    store = sample.extensions["portfolio_cache"].store
    keys = list(store.keys("api:*"))
    assert len(keys) == 1
    assert re.fullmatch(r"api:project_list:([0-9a-f]{24}|s[0-9]{1,3})", keys[0])


def test_what_a_policy_does_not_name_is_no_part_of_the_key(
    client: FlaskClient, sample: APIFlask
) -> None:
    first = client.get("/api/v1/projects/?page=1&utm_source=x")
    for same in ("?page=1", "", "?page_size=20&page=1", "?_=123&page=1"):
        answer = client.get(f"/api/v1/projects/{same}")
        assert "hit" in answer.headers["Cache-Status"], same
        assert answer.data == first.data, "the very same bytes"


def test_lifetimes_come_from_the_environment_and_are_checked() -> None:
    environment = {
        "DATABASE_URL": "postgresql://x/y",
        "REDIS_URL": "redis://x",
        "CELERY_BROKER_URL": "redis://y",
        "SECRET_KEY": "x" * 20,
        "CACHE_TTL_PROJECT_LIST": "77",
        "PORTFOLIO_VAR": "/nonexistent",
    }
    table = POLICIES.with_lifetimes(Settings.load(environment).CACHE_TTL)
    assert table["project_list"].ttl == 77
    assert table["home_page"].ttl == 3600
    with pytest.raises(PolicyError, match="no such policy: nonsense"):
        POLICIES.with_lifetimes({"nonsense": 1})


def test_names_cannot_collide() -> None:
    policy = Policy("one", CacheType.API, 1, ())
    with pytest.raises(PolicyError, match="share a name"):
        PolicyTable(policy, policy)
    with pytest.raises(PolicyError, match="cannot be called"):
        PolicyTable(Policy("api", CacheType.API, 1, ()))
    assert PolicyTable(policy).select(ALL) == (policy,)
    with pytest.raises(PolicyError, match="unknown cache type or policy"):
        PolicyTable(policy).select("*")


def test_the_figures_and_their_description_name_the_same_events() -> None:
    described = CacheFigures.model_fields.keys()
    assert described == {"entries", "hit_rate", "bytes", *EVENTS}


def test_migrations_that_ran_invalidate_everything(
    servers: EmbeddedServers, environment: dict[str, str]
) -> None:
    fresh = {**environment, "DATABASE_URL": servers.create_database("migrated")}
    app = create_command_app(Settings.load(fresh))
    waiting = text("SELECT tag FROM cache_outbox")
    with app.app_context():
        upgrade()
        assert db.session.scalars(waiting).all() == ["all"]
        db.session.execute(text("DELETE FROM cache_outbox"))
        db.session.commit()
        upgrade()
        assert db.session.scalars(waiting).all() == []
    close_app(app)
