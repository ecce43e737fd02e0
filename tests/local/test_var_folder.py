"""What the launcher keeps, for itself and for others, and that there is only one of it."""

import json
from pathlib import Path

import pytest

from portfolio.config import INSTANCE_FILE, Settings
from portfolio.local import preflight
from portfolio.local.errors import LocalRuntimeError
from portfolio.local.plan import ServerPlan, embedded_names, instance_settings, plan_servers
from portfolio.local.preflight import is_locked
from portfolio.local.var_folder import VarFolder, read_json, write_json

GIVEN = {
    "DATABASE_URL": "postgresql://user@example/x",
    "REDIS_URL": "redis://example/0",
    "CELERY_BROKER_URL": "redis://example/1",
}


@pytest.fixture
def folder(tmp_path: Path) -> VarFolder:
    folder = VarFolder(tmp_path / "deep/var")
    folder.create()
    return folder


def test_one_launcher_at_a_time(folder: VarFolder) -> None:
    assert not is_locked(folder.lock)
    write_json(folder.instance, {"HOST": "127.0.0.1", "PORT": "8123"})  # left by a killed one
    with folder.hold():
        assert is_locked(folder.lock)
        with pytest.raises(LocalRuntimeError, match="is just starting"), folder.hold():
            pass
        write_json(folder.instance, {"HOST": "127.0.0.1", "PORT": "8124"})
        with pytest.raises(LocalRuntimeError, match=r"see http://127\.0\.0\.1:8124"), folder.hold():
            pass
    assert not is_locked(folder.lock)


def test_files_are_for_their_owner_alone(folder: VarFolder) -> None:
    write_json(folder.kept, {"SECRET_KEY": "hidden"})
    assert folder.kept.stat().st_mode & 0o777 == 0o600
    assert read_json(folder.kept) == {"SECRET_KEY": "hidden"}
    for part in [folder.logs, folder.run, folder.beat]:
        assert part.stat().st_mode & 0o777 == 0o700


def test_a_damaged_file_is_named(folder: VarFolder) -> None:
    folder.kept.write_text("{")
    with pytest.raises(LocalRuntimeError, match=r"launcher\.json cannot be read"):
        read_json(folder.kept)


def test_the_application_reads_the_file_that_the_launcher_writes(folder: VarFolder) -> None:
    assert INSTANCE_FILE == preflight.INSTANCE_FILE
    nothing = ServerPlan(None, None, None)
    write_json(folder.instance, instance_settings(folder, GIVEN, nothing, {}))
    settings = Settings.load({"PORTFOLIO_VAR": str(folder.root)})
    assert {name: getattr(settings, name) for name in GIVEN} == GIVEN
    assert settings.PORT == 8000


def test_servers_that_were_given_are_not_embedded(folder: VarFolder) -> None:
    plan = plan_servers(folder, GIVEN, {})
    assert plan.programs == []
    assert embedded_names(GIVEN) == []
    assert embedded_names({**GIVEN, "REDIS_URL": ""}) == ["Redis"]
    assert embedded_names({}) == ["PostgreSQL", "Redis"]
    assert not (folder.root / "postgres").exists()


def test_choices_are_kept_and_given_ones_are_not(folder: VarFolder) -> None:
    environ = {**GIVEN, "CELERY_BROKER_URL": "", "SECRET_KEY": ""}
    kept: dict[str, str] = {}
    first = plan_servers(folder, environ, kept)
    settings = instance_settings(folder, environ, first, kept)
    assert json.loads(json.dumps(kept)) == kept
    second = plan_servers(folder, environ, kept)
    assert instance_settings(folder, environ, second, kept) == settings
    assert first.redis_durable is not None
    assert first.redis_durable.configuration_file.stat().st_mode & 0o777 == 0o600
    given = {**environ, "SECRET_KEY": "given from outside"}
    assert instance_settings(folder, given, second, kept)["SECRET_KEY"] == "given from outside"
    assert instance_settings(folder, environ, second, kept)["SECRET_KEY"] == kept["SECRET_KEY"]
