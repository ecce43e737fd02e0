"""Each refusal is one sentence, comes at once and before anything is started."""

import ast
import fcntl
import json
import os
import platform
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from portfolio.local import preflight
from portfolio.local.embedded import EmbeddedServers
from portfolio.local.errors import LocalRuntimeError
from portfolio.local.first_look import check_given_servers, check_settings
from tests.local.instance import free_port

OLD_PYTHON = """
import sys
sys.version_info = (3, 9, 18, "final", 0)
exec(compile(open({path!r}).read(), {path!r}, "exec"))
"""


class Refused:
    """Runs the checks as the script does and keeps the sentence."""

    def __init__(self, capsys: pytest.CaptureFixture[str], folder: Path) -> None:
        self._capsys = capsys
        self._folder = folder

    def __call__(self, checks: str = "run", **environ: str) -> str:
        defaults = {"PORTFOLIO_VAR": str(self._folder / "var"), "PORT": str(free_port())}
        status = preflight.main([checks], {**defaults, **environ})
        printed = self._capsys.readouterr()
        assert printed.out == ""
        assert bool(status) == bool(printed.err)
        assert printed.err.count("\n") <= 1
        return printed.err.strip()


@pytest.fixture
def refused(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Refused:
    return Refused(capsys, tmp_path)


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server


def port_of(listener: socket.socket) -> int:
    return int(listener.getsockname()[1])


def test_a_fit_machine_is_not_refused_and_nothing_is_created(
    refused: Refused, tmp_path: Path
) -> None:
    assert refused() == ""
    assert list(tmp_path.iterdir()) == []


def test_an_old_python_is_named() -> None:
    script = OLD_PYTHON.format(path=preflight.__file__)
    result = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert result.returncode == 1
    assert result.stderr.startswith("Python 3.11 or later is needed, this is 3.9 (")


def test_an_old_python_can_parse_the_script() -> None:
    ast.parse(Path(preflight.__file__).read_text(), feature_version=(3, 6))


def test_the_script_needs_nothing_that_is_not_installed_yet() -> None:
    """By its path, as make runs it, from anywhere, and without site-packages."""
    command = [sys.executable, "-S", "-E", preflight.__file__, "setup"]
    result = subprocess.run(command, cwd="/", capture_output=True, text=True)
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")


def test_a_python_without_venv_is_told_what_to_install(
    refused: Refused, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(preflight, "PROJECT", tmp_path)
    assert refused() == ""
    monkeypatch.setitem(sys.modules, "ensurepip", None)
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    assert f"install python{version}-venv" in refused()


def test_a_python_without_ready_programs_needs_a_compiler(
    refused: Refused, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(preflight, "PROJECT", tmp_path)
    monkeypatch.setattr(shutil, "which", lambda name: None)
    monkeypatch.setattr(sys, "version_info", (3, 12, 9, "final", 0))
    assert refused() == ""
    monkeypatch.setattr(sys, "version_info", (3, 13, 1, "final", 0))
    assert "install build-essential and python3.13-dev" in refused()


def test_another_platform_needs_all_three_addresses(
    refused: Refused, listener: socket.socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(platform, "machine", lambda: "arm64")
    place = f"127.0.0.1:{port_of(listener)}"
    given = {"DATABASE_URL": f"postgresql://{place}/x", "REDIS_URL": f"redis://{place}"}
    assert "x86-64 Linux with glibc" in refused(**given)
    assert refused(**given, CELERY_BROKER_URL=f"redis://{place}") == ""


@pytest.mark.parametrize("port", ["eighty", "0", "65536", "-1", "80.5", "\uff18\uff10"])
def test_a_port_that_is_no_port(refused: Refused, port: str) -> None:
    assert refused(PORT=port).startswith("PORT: expected a number from 1 to 65535")


def test_a_taken_port(refused: Refused, listener: socket.socket) -> None:
    port = str(port_of(listener))
    assert refused(PORT=port).startswith(f"PORT: {port} on 127.0.0.1 cannot be used")


def test_a_host_that_is_not_here(refused: Refused) -> None:
    assert "192.0.2.1 cannot be used" in refused(HOST="192.0.2.1")


def test_a_file_in_the_place_of_the_folder(refused: Refused, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert refused(PORTFOLIO_VAR=str(tmp_path / "file/var")).endswith("file is not a folder.")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_an_unwritable_folder(refused: Refused, tmp_path: Path) -> None:
    (tmp_path / "closed").mkdir(mode=0o500)
    assert refused(PORTFOLIO_VAR=str(tmp_path / "closed/var")).endswith("cannot be written to.")


@pytest.mark.parametrize("closed", ["", ".venv", ".venv.lock"])
def test_an_unwritable_project_cannot_be_installed(
    refused: Refused, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, closed: str
) -> None:
    (tmp_path / ".venv").mkdir()
    (tmp_path / ".venv.lock").touch()
    monkeypatch.setattr(preflight, "PROJECT", tmp_path)
    assert refused("install") == ""
    access = os.access
    monkeypatch.setattr(
        os, "access", lambda path, mode: path != tmp_path / closed and access(path, mode)
    )
    assert refused("install").startswith(f"{tmp_path / closed} cannot be written to, and ")
    assert refused("setup") == ""


def test_a_folder_that_cannot_be_made_stops_the_launcher_too() -> None:
    result = subprocess.run(
        [sys.executable, "-m", "portfolio.local", "run"],
        cwd=preflight.PROJECT,
        env={**os.environ, "PORTFOLIO_VAR": "/proc/nowhere"},
        capture_output=True,
        text=True,
    )
    assert result.returncode == 1
    assert result.stderr.startswith("PORTFOLIO_VAR: /proc/nowhere: ")
    assert result.stderr.count("\n") == 1


def test_a_running_instance_is_named_with_its_address(refused: Refused, tmp_path: Path) -> None:
    folder = tmp_path / "var"
    folder.mkdir()
    instance = {"HOST": "::", "PORT": "8123"}
    (folder / preflight.INSTANCE_FILE).write_text(json.dumps(instance))
    with (folder / preflight.LOCK_FILE).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert "see http://[::1]:8123:" in refused()
        (folder / preflight.INSTANCE_FILE).unlink()
        starting = refused()
        assert starting.startswith(f"Another instance is just starting on {folder}: end it")
        assert "http" not in starting
    assert refused() == ""


@pytest.mark.parametrize("token", ["nineteen-characters", "twenty characters and spaces"])
def test_an_admin_token_that_the_application_would_refuse(refused: Refused, token: str) -> None:
    expected = "ADMIN_TOKEN must have at least 20 characters, none of them a space."
    assert refused(ADMIN_TOKEN=token) == expected
    assert refused(ADMIN_TOKEN="-" * 20) == refused(ADMIN_TOKEN="") == ""


@pytest.mark.parametrize(
    ("name", "url", "sentence"),
    [
        ("DATABASE_URL", "mysql://localhost/x", "expected postgresql://…"),
        ("DATABASE_URL", "postgresql://u:secret@localhost:port/x", "cannot be understood"),
        ("DATABASE_URL", "postgresql://u:secret@127.0.0.1:1/x", "answers at 127.0.0.1:1 ("),
        ("DATABASE_URL", "postgresql://@/x?host=%2Fnowhere", "answers at /nowhere/.s.PGSQL.5432 ("),
        ("REDIS_URL", "redis://:secret@127.0.0.1:1/0", "nobody answers at 127.0.0.1:1 ("),
        ("REDIS_URL", "unix:///nowhere/redis.sock", "nobody answers at /nowhere/redis.sock ("),
        ("CELERY_BROKER_URL", "amqp://127.0.0.1", "expected redis://…"),
        ("CELERY_BROKER_URL", "redis://no-such-host.invalid", "no-such-host.invalid"),
    ],
)
def test_a_server_that_cannot_be_reached(
    refused: Refused, name: str, url: str, sentence: str
) -> None:
    started = time.monotonic()
    found = refused(**{name: url})
    assert found.startswith(f"{name}: ")
    assert sentence in found
    assert "secret" not in found
    assert time.monotonic() - started < 5


def test_one_reachable_host_of_several_will_do(refused: Refused, listener: socket.socket) -> None:
    hosts = f"127.0.0.1:1,127.0.0.1:{port_of(listener)}"
    assert refused(DATABASE_URL=f"postgresql://user@{hosts}/x") == ""


def test_the_second_look_finds_what_a_connection_alone_does_not(servers: EmbeddedServers) -> None:
    check_given_servers(servers.environment)
    missing = servers.cluster.url("missing")
    with pytest.raises(LocalRuntimeError, match=r'^DATABASE_URL: .*"missing" does not exist\.$'):
        check_given_servers({"DATABASE_URL": missing})
    wrong = servers.redis_url.replace("default:", "default:wrong")
    with pytest.raises(LocalRuntimeError, match=r"^REDIS_URL: .*password.*\.$"):
        check_given_servers({"REDIS_URL": wrong})


def test_a_setting_that_the_application_would_refuse() -> None:
    check_settings({"PORT": "8000", "REDIS_URL": ""})
    with pytest.raises(LocalRuntimeError, match=r"^ADMIN_TOKEN must have at least 20 characters"):
        check_settings({"ADMIN_TOKEN": "short"})
