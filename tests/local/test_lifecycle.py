"""Whole instances: everything comes up, stays up, and leaves nothing behind, whoever ends it."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import psutil
import psycopg
import pytest

from portfolio.local.control import NOT_RUNNING
from portfolio.local.data_home import remembered_data_home
from portfolio.local.embedded import EmbeddedServers
from portfolio.local.launcher import RUN_FOLDER
from portfolio.local.preflight import PROJECT
from portfolio.local.readiness import connect_redis, wait_until
from portfolio.local.var_folder import VarFolder, read_json
from tests.local.instance import (
    GONE_SECONDS,
    Instance,
    free_port,
    instance_environment,
    is_alive,
    running,
    seconds_until_gone,
    starting,
)

pytestmark = pytest.mark.lifecycle

PROGRAMS = {"web", "worker", "beat", "relay", "postgres", "redis-cache", "redis-durable"}
CTRL_C_SECONDS = 40
"""Patience: on a machine that does nothing else it takes two or three."""

# Also where whoever runs the tests was told to outlive its own terminal, as by `nohup`.
IN_A_TERMINAL = ("setsid", "--ctty", "env", "--default-signal=HUP")


@pytest.fixture(scope="module")
def new_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Path]]:
    """Names folders that do not exist yet, and removes what an instance kept outside of them."""
    folders: list[VarFolder] = []

    def name(path: str) -> Path:
        folders.append(VarFolder(tmp_path_factory.mktemp("lifecycle") / path))
        return folders[-1].root

    yield name
    for folder in folders:
        kept = read_json(folder.kept)
        # pytest's folders are closed to the user that root's database runs as.
        outside = [remembered_data_home(folder, kept), Path(kept.get(RUN_FOLDER, folder.run))]
        for path in outside:
            if not path.is_relative_to(folder.root):
                shutil.rmtree(path, ignore_errors=True)


@pytest.fixture(scope="module")
def folder(new_folder: Callable[[str], Path]) -> Path:
    """Its data outlives every instance of this module."""
    return new_folder("var")


def answers(instance: Instance) -> bool:
    try:
        # More patient than `run` and `status` are with a web server that stands still.
        return httpx.get(f"{instance.address}/ready/", timeout=30, trust_env=False).is_success
    except httpx.TransportError:
        return False


def wait_for_another_pid(instance: Instance, name: str, pid: int) -> None:
    wait_until(
        name,
        lambda: instance.pids().get(name, pid) != pid,
        lambda: instance.launcher.poll() is None,
        60,
    )


def test_ctrl_c_during_the_first_start_looks_like_any_other(folder: Path) -> None:
    """It costs neither a half made cluster nor the first token: the next test sees that."""
    with starting(folder, free_port()) as instance:
        instance.wait_for("Starting PostgreSQL and Redis")
        children = psutil.Process(instance.launcher.pid).children
        wait_until("initdb", lambda: "initdb" in {c.name() for c in children()}, lambda: True, 30)
        os.killpg(instance.launcher.pid, signal.SIGINT)
        said, _ = instance.launcher.communicate(timeout=30)
    assert instance.launcher.returncode == 0
    assert "Stopping …\nEverything has stopped" in said
    assert said.count("\n") == 2

    with starting(folder, free_port()) as instance:
        instance.wait_for("Starting web")
        os.killpg(instance.launcher.pid, signal.SIGINT)
        said, _ = instance.launcher.communicate(timeout=30)
    assert instance.launcher.returncode == 0
    assert "Everything has stopped" in said
    assert "token" not in said


def test_first_start_crashes_of_programs_and_ctrl_c(folder: Path) -> None:
    with running(folder, free_port()) as instance:
        assert f"{instance.address}/" in instance.block
        assert f"{instance.address}/api/v1/docs/\n" in instance.block
        assert "(shown this once)" in instance.block
        assert answers(instance)
        pids = instance.pids()
        assert set(pids) == PROGRAMS

        settings = read_json(VarFolder(folder).instance)
        status = instance.command("status").stdout
        for name in ["DATABASE_URL", "REDIS_URL", "CELERY_BROKER_URL"]:
            assert f"{name}={settings[name]}\n" in status
        with psycopg.connect(settings["DATABASE_URL"]) as connection:
            connection.execute("create table lifecycle_kept (value text)")
        with connect_redis(settings["CELERY_BROKER_URL"]) as client:
            client.set("lifecycle:kept", "here")

        for name in ["web", "worker", "postgres"]:
            below = psutil.Process(pids[name]).children(recursive=True)
            os.kill(pids[name], signal.SIGKILL)
            seconds_until_gone(below, GONE_SECONDS)
            wait_for_another_pid(instance, name, pids[name])
        wait_until("web", lambda: answers(instance), lambda: True, 60)
        assert {name: pid for name, pid in instance.pids().items() if pids[name] == pid}.keys() == (
            PROGRAMS - {"web", "worker", "postgres"}
        )

        everything = instance.processes()
        assert len(everything) > len(PROGRAMS)
        exit_status, seconds = instance.end(signal.SIGINT)
        assert exit_status == 0
        assert seconds < CTRL_C_SECONDS
        assert not [process for process in everything if is_alive(process)]
        assert not VarFolder(folder).instance.exists()


def test_second_start_keeps_the_data_and_dies_with_its_launcher(folder: Path) -> None:
    kept = read_json(VarFolder(folder).kept)
    with running(folder, free_port()) as instance:
        assert "shown this once" not in instance.block
        assert read_json(VarFolder(folder).kept) == kept
        settings = read_json(VarFolder(folder).instance)
        with psycopg.connect(settings["DATABASE_URL"]) as connection:
            connection.execute("select * from lifecycle_kept")
        with connect_redis(settings["CELERY_BROKER_URL"]) as client:
            assert client.get("lifecycle:kept") == b"here"

        refused = instance.command("run")
        assert refused.returncode == 1
        assert f"see {instance.address}" in refused.stderr

        everything = instance.processes()
        os.kill(instance.launcher.pid, signal.SIGKILL)
        seconds_until_gone(everything, CTRL_C_SECONDS)


def test_the_death_of_the_terminal_ends_everything(folder: Path) -> None:
    terminal, inner = os.openpty()
    launcher = subprocess.Popen(
        [*IN_A_TERMINAL, sys.executable, "-m", "portfolio.local", "run"],
        cwd=PROJECT,
        env=instance_environment(folder, free_port()),
        stdin=inner,
        stdout=inner,
        stderr=inner,
    )
    os.close(inner)
    said = b""
    while b"Ctrl-C" not in said:
        said += os.read(terminal, 1000)
    above = psutil.Process(launcher.pid)
    everything = [above, *above.children(recursive=True)]
    assert len(everything) > len(PROGRAMS)
    os.close(terminal)
    assert launcher.wait(timeout=CTRL_C_SECONDS) == 0
    assert not [process for process in everything if is_alive(process)]


def test_two_side_by_side_after_a_crash_of_the_machine(
    folder: Path, new_folder: Callable[[str], Path]
) -> None:
    with running(folder, free_port()) as crashed:
        everything = crashed.processes()
        for process in everything:
            process.kill()
        seconds_until_gone(everything, GONE_SECONDS)
    assert VarFolder(folder).supervisor_pid.exists()
    # By now the pid in a file may be anybody's.
    VarFolder(folder).supervisor_pid.write_text(f"{os.getpid()}\n")

    long = new_folder("long" * 20 + "/var")
    with starting(folder, free_port()) as first, starting(long, free_port()) as second:
        for instance in [first, second]:
            instance.wait_until_announced()
            assert answers(instance)
            assert set(instance.pids()) == PROGRAMS
        everything = first.processes()
        stopped = first.command("stop")
        assert (stopped.returncode, stopped.stdout) == (0, "Stopped.\n")
        assert not [process for process in everything if is_alive(process)]
        assert first.launcher.wait(timeout=GONE_SECONDS) == 0
        assert first.command("stop").stdout == f"Nothing runs on {folder}.\n"
        assert first.command("status").returncode == NOT_RUNNING

        assert answers(second)
        everything = second.processes()
        os.kill(int(VarFolder(long).supervisor_pid.read_text()), signal.SIGKILL)
        assert second.launcher.wait(timeout=CTRL_C_SECONDS) == 1
        assert not [process for process in everything if is_alive(process)]


def test_a_step_that_fails_is_shown_and_ends_everything(
    new_folder: Callable[[str], Path], servers: EmbeddedServers
) -> None:
    """Here the migrations, in a database that they may not write to."""
    with psycopg.connect(servers.superuser_url, autocommit=True) as connection:
        connection.execute("create role reader login")
        connection.execute("create database readable owner postgres")
    given = {**servers.environment, "DATABASE_URL": servers.cluster.url("readable", "reader")}
    folder = new_folder("var")
    with starting(folder, free_port(), **given) as instance:
        said, _ = instance.launcher.communicate(timeout=60)
    assert instance.launcher.returncode == 1
    assert "permission denied for schema public" in said
    assert "Everything has stopped" in said
    assert not (folder / "postgres").exists()
