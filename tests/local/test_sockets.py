"""Addresses: short enough, private, and the same again at the next start."""

import os
import socket
from pathlib import Path

import pytest

from portfolio.local import sockets
from portfolio.local.sockets import (
    SHORT_PARENT,
    choose_port,
    fits_socket,
    is_free_port,
    make_socket_folder,
    remove_short_folder,
)

NAME = ".s.PGSQL.5432"


def test_the_limit_is_the_kernels(tmp_path: Path) -> None:
    longest = tmp_path / ("x" * (sockets.LONGEST_SOCKET_PATH - len(os.fsencode(tmp_path)) - 1))
    with socket.socket(socket.AF_UNIX) as server:
        assert fits_socket(longest)
        server.bind(str(longest))
    too_long = longest.with_name(longest.name + "x")
    with socket.socket(socket.AF_UNIX) as server:
        assert not fits_socket(too_long)
        with pytest.raises(OSError, match="too long"):
            server.bind(str(too_long))


def test_the_preferred_folder_is_taken_where_it_fits(tmp_path: Path) -> None:
    folder = make_socket_folder(tmp_path / "s", NAME, None)
    assert folder == tmp_path / "s"
    assert folder.stat().st_mode & 0o777 == 0o700


def test_a_long_path_gets_a_short_private_folder_and_gets_it_again(tmp_path: Path) -> None:
    long = tmp_path / ("x" * 100)
    folder = make_socket_folder(long, NAME, None)
    try:
        assert folder.parent == SHORT_PARENT
        assert folder.stat().st_mode & 0o777 == 0o700
        assert make_socket_folder(long, NAME, None, str(folder)) == folder
        remove_short_folder(folder)
        assert not folder.exists()
        assert make_socket_folder(long, NAME, None, str(folder)) == folder
    finally:
        remove_short_folder(folder)


def test_a_short_folder_that_others_may_enter_is_not_trusted(tmp_path: Path) -> None:
    long = tmp_path / ("x" * 100)
    opened = make_socket_folder(long, NAME, None)
    opened.chmod(0o755)
    fresh = make_socket_folder(long, NAME, None, str(opened))
    try:
        assert fresh != opened
        link = Path(f"{fresh}-link")
        link.symlink_to(fresh)
        followed = make_socket_folder(long, NAME, None, str(link))
        link.unlink()
        assert followed not in (link, fresh)
        remove_short_folder(followed)
    finally:
        remove_short_folder(opened)
        remove_short_folder(fresh)


def test_ports_are_kept_while_they_are_free_and_lie_below_the_kernels_own() -> None:
    port = choose_port()
    assert sockets.FIRST_PORT <= port < sockets._ephemeral_start()
    assert choose_port(port) == port
    assert choose_port(port, frozenset([port])) != port
    with socket.create_server(("127.0.0.1", port)):
        assert not is_free_port(port)
        assert choose_port(port) != port
