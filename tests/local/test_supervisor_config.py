"""The configuration says to supervisord what we meant, whatever the folders are called."""

import shlex
from pathlib import Path

import pytest
from supervisor.options import ServerOptions

from portfolio.local.app_programs import app_programs
from portfolio.local.postgres import LASTING, Postgres
from portfolio.local.program import Program
from portfolio.local.redis_servers import CACHE_SETTINGS, RedisServer
from portfolio.local.supervisor_config import APP, SERVERS, render_configuration
from portfolio.local.var_folder import VarFolder

ODD_NAMES = ["plain", "with blank", "a #comment", "a ;comment", "50%d %(here)s", 'it\'s "quoted"']
SETTINGS = {"HOST": "127.0.0.1", "PORT": "8000", "WEB_THREADS": "8"}


def parse(folder: VarFolder, groups: dict[str, list[Program]]) -> ServerOptions:
    """As supervisord reads it, in the folder where it works."""
    socket = folder.run / "supervisor.sock"
    text = render_configuration(folder, socket, groups, user=None)
    folder.supervisor_configuration.write_text(text)
    options = ServerOptions()
    options.realize(["-c", str(folder.supervisor_configuration)])
    return options


@pytest.fixture(params=ODD_NAMES)
def folder(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> VarFolder:
    folder = VarFolder(tmp_path / request.param)
    folder.create()
    monkeypatch.chdir(folder.root)
    return folder


def test_odd_folder_names_arrive_unchanged(folder: VarFolder) -> None:
    odd = str(folder.root / "#x")
    program = Program("echo", ("/bin/echo", odd), directory=folder.root)
    options = parse(folder, {SERVERS: [program], APP: []})
    (group,) = options.process_group_configs
    (config,) = group.process_configs
    assert shlex.split(config.command) == program.command()
    assert Path(config.stdout_logfile).absolute() == folder.log("echo")
    assert options.pidfile == str(folder.supervisor_pid)
    assert options.logfile == str(folder.log("supervisord"))


def test_the_application_waits_for_the_servers_and_ends_before_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = VarFolder(tmp_path / "var")
    folder.create()
    monkeypatch.chdir(folder.root)
    redis = RedisServer("redis", folder.root, 1, "password", CACHE_SETTINGS)
    postgres = Postgres(folder.root, folder.root, folder.root, None, LASTING)
    servers = [redis.program(), postgres.program()]
    groups = {SERVERS: servers, APP: app_programs(folder, SETTINGS)}
    found = {group.name: group for group in parse(folder, groups).process_group_configs}
    assert found[SERVERS].priority < found[APP].priority
    names = {config.name for config in found[APP].process_configs}
    assert names == {"web", "worker", "beat", "relay"}
    for name, autostart in [(SERVERS, True), (APP, False)]:
        for config in found[name].process_configs:
            assert config.autostart is autostart
            assert config.killasgroup
    # What stops the application and then the servers fits into the ten seconds of Ctrl-C.
    slowest = [max(c.stopwaitsecs for c in group.process_configs) for group in found.values()]
    assert sum(slowest) <= 7


def test_secrets_stand_in_no_command_line(tmp_path: Path) -> None:
    folder = VarFolder(tmp_path)
    settings = {**SETTINGS, "SECRET_KEY": "hidden", "DATABASE_URL": "postgresql://u:hidden@h/d"}
    for program in app_programs(folder, settings):
        assert "hidden" not in " ".join(program.command())
