"""Root's database lies where its user can get, and no permission is changed for that."""

import dataclasses
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from portfolio.local import postgres
from portfolio.local.account import can_enter, find_server_account, runs_as
from portfolio.local.data_home import find_data_home
from portfolio.local.embedded import EmbeddedServers
from portfolio.local.errors import LocalRuntimeError
from portfolio.local.postgres import (
    LASTING,
    SOCKET_LOCK,
    Postgres,
    create_cluster,
    remove_stale_locks,
)
from portfolio.local.postgres_binaries import copy_binaries, find_binaries, find_packaged_binaries
from portfolio.local.var_folder import VarFolder, write_json

needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root runs it as another user")


@pytest.fixture
def passable() -> Iterator[Path]:
    """A folder that everybody may pass, unlike pytest's own."""
    with tempfile.TemporaryDirectory(prefix="portfolio-test-") as folder:
        Path(folder).chmod(0o711)
        yield Path(folder)


def closed_folder(parent: Path) -> VarFolder:
    """One that root can enter and nobody else."""
    (parent / "closed").mkdir(mode=0o700)
    folder = VarFolder(parent / "closed/var")
    folder.create()
    return folder


def test_a_reachable_folder_holds_the_data_itself(passable: Path) -> None:
    folder = VarFolder(passable / "var")
    folder.create()
    kept: dict[str, str] = {}
    assert find_data_home(folder, find_server_account(), kept, passable / "system") == folder.root
    assert kept == {}
    assert not (passable / "system").exists()


@needs_root
def test_an_unreachable_folder_is_left_as_it_is(passable: Path) -> None:
    account = find_server_account()
    folder = closed_folder(passable)
    kept: dict[str, str] = {}
    home = find_data_home(folder, account, kept, passable / "system")
    assert home.parent == passable / "system"
    assert can_enter(account, home)
    assert not runs_as(account, ["/bin/ls", str(home.parent)])
    assert (passable / "closed").stat().st_mode & 0o777 == 0o700
    assert find_data_home(folder, account, kept, passable / "system") == home
    assert find_data_home(folder, account, {}, passable / "system") != home


@needs_root
def test_the_data_moves_along_and_a_copy_does_not_share_it(passable: Path) -> None:
    account = find_server_account()
    folder = closed_folder(passable)
    kept: dict[str, str] = {}
    home = find_data_home(folder, account, kept, passable / "system")
    write_json(folder.kept, kept)
    moved = VarFolder(passable / "closed/moved")
    moved.create()
    write_json(moved.kept, kept)
    with pytest.raises(LocalRuntimeError, match="is a copy of"):
        find_data_home(moved, account, kept, passable / "system")
    folder.kept.unlink()
    assert find_data_home(moved, account, kept, passable / "system") == home


@needs_root
def test_a_database_that_has_become_unreachable_is_not_replaced(passable: Path) -> None:
    folder = closed_folder(passable)
    (folder.root / "postgres").mkdir()
    (folder.root / "postgres/PG_VERSION").write_text("18\n")
    with pytest.raises(LocalRuntimeError, match="cannot get there any more"):
        find_data_home(folder, find_server_account(), {}, passable / "system")


def test_copied_programs_run_for_everybody(passable: Path) -> None:
    copy = copy_binaries(find_packaged_binaries(), passable / "system")
    account = find_server_account()
    assert runs_as(account, [str(copy / "postgres"), "--version"])
    assert runs_as(account, [str(copy / "psql"), "--version"])
    assert any(copy.parent.rglob("vector.so"))
    assert copy_binaries(find_packaged_binaries(), passable / "system") == copy


@pytest.mark.parametrize("version", ["17", "19"])
def test_a_cluster_of_another_version_is_refused(passable: Path, version: str) -> None:
    account = find_server_account()
    data = passable / "postgres"
    data.mkdir(mode=0o700)
    (data / "PG_VERSION").write_text(f"{version}\n")
    if account is not None:
        os.chown(data / "PG_VERSION", account.uid, account.gid)
    cluster = Postgres(find_binaries(account), data, passable, account, LASTING)
    with pytest.raises(LocalRuntimeError, match=f"was written by PostgreSQL {version}, this is 18"):
        create_cluster(cluster)


@needs_root
def test_a_cluster_of_another_user_is_refused(passable: Path) -> None:
    account = find_server_account()
    (passable / "postgres").mkdir()
    (passable / "postgres/PG_VERSION").write_text("18\n")
    cluster = Postgres(find_binaries(account), passable / "postgres", passable, account, LASTING)
    with pytest.raises(LocalRuntimeError, match=r"was made by another user \(uid 0\)"):
        create_cluster(cluster)


def test_locks_of_a_dead_server_are_removed_whoever_has_its_pid_now(
    servers: EmbeddedServers, passable: Path
) -> None:
    living = servers.postgres.pid
    (passable / "postmaster.pid").write_text(f"{living}\n")
    (passable / SOCKET_LOCK).write_text(f"{living}\n")
    dead = dataclasses.replace(servers.cluster, data=passable, sockets=passable)
    remove_stale_locks(dead)
    assert list(passable.iterdir()) == []


def test_locks_of_a_living_server_stay(
    servers: EmbeddedServers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres, "STOP_SECONDS", 0.1)
    with pytest.raises(LocalRuntimeError, match=f"pid {servers.postgres.pid}"):
        remove_stale_locks(servers.cluster)
    assert (servers.cluster.data / "postmaster.pid").exists()
