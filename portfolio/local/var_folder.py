"""The folder of everything embedded: where each file lies in it, and who holds it."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from portfolio.local.errors import LocalRuntimeError
from portfolio.local.preflight import INSTANCE_FILE, LOCK_FILE, running_instance, var_folder

PRIVATE_FOLDER = 0o700
PASSABLE_FOLDER = 0o711
"""As root: the database's user must get through, but cannot list it."""


@dataclass(frozen=True)
class VarFolder:
    """PORTFOLIO_VAR, as an absolute path."""

    root: Path

    @classmethod
    def of(cls, environ: Mapping[str, str]) -> VarFolder:
        return cls(var_folder(environ))

    @property
    def lock(self) -> Path:
        return self.root / LOCK_FILE

    @property
    def instance(self) -> Path:
        """Settings of the running instance, for commands typed beside it; gone when it stopped."""
        return self.root / INSTANCE_FILE

    @property
    def kept(self) -> Path:
        """What the launcher chose once and keeps: ports, passwords, the secret key."""
        return self.root / "launcher.json"

    @property
    def logs(self) -> Path:
        return self.root / "logs"

    @property
    def run(self) -> Path:
        return self.root / "run"

    @property
    def beat(self) -> Path:
        return self.root / "beat"

    @property
    def supervisor_configuration(self) -> Path:
        return self.root / "supervisord.conf"

    @property
    def supervisor_pid(self) -> Path:
        return self.root / "supervisord.pid"

    def log(self, program: str) -> Path:
        return self.logs / f"{program}.log"

    def create(self) -> None:
        """Make the folder and its parts; permissions of what is there already stay as they are."""
        mode = PASSABLE_FOLDER if os.geteuid() == 0 else PRIVATE_FOLDER
        try:
            if not self.root.exists():
                self.root.mkdir(parents=True)
                self.root.chmod(mode)
            for folder in [self.logs, self.run, self.beat]:
                folder.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)
        except OSError as error:
            raise LocalRuntimeError(f"PORTFOLIO_VAR: {error.filename}: {error.strerror}.") from None

    @contextmanager
    def hold(self) -> Iterator[None]:
        """Be the one launcher of this folder; its lock file names us for `stop`."""
        descriptor = os.open(self.lock, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise LocalRuntimeError(f"{running_instance(self.root)}.") from None
            # One that was killed left its addresses; they are not ours.
            self.instance.unlink(missing_ok=True)
            os.truncate(descriptor, 0)
            os.write(descriptor, str(os.getpid()).encode())
            yield
        finally:
            os.close(descriptor)


def read_json(path: Path) -> dict[str, str]:
    """A flat object of strings; empty if there is none. LocalRuntimeError if it is damaged."""
    try:
        values = json.loads(path.read_text())
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise LocalRuntimeError(f"{path} cannot be read: {error}.") from None
    return {str(name): str(value) for name, value in values.items()}


def write_json(path: Path, values: Mapping[str, str]) -> None:
    """Readable for its owner alone, and never seen half written."""
    partial = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        json.dump(values, file, indent=2)
        file.write("\n")
        file.flush()
        os.fsync(descriptor)
    partial.replace(path)
