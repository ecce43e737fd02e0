"""Where the database's files lie: in PORTFOLIO_VAR, unless the server's user cannot get there."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from pathlib import Path

from portfolio.local.account import UNPRIVILEGED, Account, can_enter
from portfolio.local.errors import LocalRuntimeError
from portfolio.local.postgres_binaries import SYSTEM_FOLDER, make_system_folder
from portfolio.local.var_folder import VarFolder, read_json

ORIGIN_FILE = "belongs-to"
KEPT_NAME = "DATA_NAME"


def find_data_home(
    folder: VarFolder, account: Account | None, kept: dict[str, str], system: Path = SYSTEM_FOLDER
) -> Path:
    """The folder to keep the cluster in; its name is remembered in `kept`.

    The name is random and remembered in PORTFOLIO_VAR, so the data moves along with that folder,
    and a folder that was deleted and made again starts empty.
    """
    if KEPT_NAME not in kept:
        if can_enter(account, folder.root):
            return folder.root
        if (folder.root / "postgres/PG_VERSION").exists():
            raise LocalRuntimeError(
                f"{folder.root} holds a database, but the user {UNPRIVILEGED} that it runs as "
                "cannot get there any more: let others pass the folders above it again."
            )
    name = kept.setdefault(KEPT_NAME, secrets.token_hex(8))
    home = system / name
    make_system_folder(system)
    make_system_folder(home)
    claim(home, folder, name)
    return home


def remembered_data_home(folder: VarFolder, kept: Mapping[str, str]) -> Path:
    """Where a running instance has its cluster."""
    return SYSTEM_FOLDER / kept[KEPT_NAME] if KEPT_NAME in kept else folder.root


def claim(home: Path, folder: VarFolder, name: str) -> None:
    """A copy of PORTFOLIO_VAR must not work on the data of the folder that it was copied from."""
    origin_file = home / ORIGIN_FILE
    origin = Path(origin_file.read_text()) if origin_file.exists() else folder.root
    if origin != folder.root and read_json(VarFolder(origin).kept).get(KEPT_NAME) == name:
        raise LocalRuntimeError(
            f"{folder.root} is a copy of {origin}, whose data lies in {home}: "
            f"delete {folder.kept} in the copy to give it data of its own."
        )
    origin_file.write_text(str(folder.root))
    os.chmod(origin_file, 0o600)
