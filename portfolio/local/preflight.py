"""Says in one sentence why this machine cannot run the project yet, before anything is started.

A script for the system's Python, whichever that is: the standard library alone, syntax that
Python 3.6 parses, and of the package only what keeps to that as well.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - this very file says so to older ones
    sys.exit(
        "Python 3.11 or later is needed, this is {}.{} ({}): "
        "name another one with `make PYTHON=…`.".format(*sys.version_info[:2], sys.executable)
    )

import contextlib
import fcntl
import importlib.util
import json
import os
import platform
import shutil
import socket
import sysconfig
from collections.abc import Mapping
from pathlib import Path

if not __package__:  # run by its path: find the package, not the files beside this one
    sys.path.insert(0, str(Path(__file__).absolute().parents[2]))

from portfolio.local.server_addresses import SERVER_URLS, first_problem, parse_addresses

PROJECT = Path(__file__).absolute().parents[2]
INSTANCE_FILE, LOCK_FILE = "instance.json", "launcher.lock"
DEFAULT_HOST, DEFAULT_PORT = "127.0.0.1", "8000"
PORTS = range(1, 65536)
SHORTEST_TOKEN = 20


class Refusal(Exception):
    """Why it cannot run, in one sentence."""


def check_installer(environ: Mapping[str, str]) -> None:
    """Without a virtual environment yet, this Python must be able to make one."""
    if (PROJECT / ".venv/bin/python").exists():
        return
    missing = [name for name in ("venv", "ensurepip") if importlib.util.find_spec(name) is None]
    if missing:
        package = "python{}.{}-venv".format(*sys.version_info[:2])
        remedy = f"apt install {package}" if shutil.which("apt") else f"install {package}"
        raise Refusal(f"This Python has no module {' and no '.join(missing)}: {remedy}.")


def check_compiler(environ: Mapping[str, str]) -> None:
    """From Python 3.13 on, the embedded Redis comes as source code."""
    if (PROJECT / ".venv/bin/python").exists() or sys.version_info < (3, 13):
        return
    header = Path(sysconfig.get_path("include"), "Python.h")
    if not (shutil.which("cc") and shutil.which("make") and header.exists()):
        name = "python{}.{}".format(*sys.version_info[:2])
        raise Refusal(
            f"For {name} the embedded Redis is compiled during the installation: install "
            f"build-essential and {name}-dev, or give Python 3.11 or 3.12 with `make PYTHON=…`."
        )


def check_platform(environ: Mapping[str, str]) -> None:
    """The embedded servers come as programs for one platform."""
    found = (sys.platform, platform.machine(), platform.libc_ver()[0])
    if found == ("linux", "x86_64", "glibc") or all(environ.get(name) for name in SERVER_URLS):
        return
    raise Refusal(
        "The embedded servers run on x86-64 Linux with glibc only, "
        f"this is {platform.system()} on {platform.machine()}: give {', '.join(SERVER_URLS)}."
    )


def check_project(environ: Mapping[str, str]) -> None:
    """Only for an installation: one that is finished may lie where nobody can write."""
    for path in [PROJECT, PROJECT / ".venv", PROJECT / ".venv.lock"]:
        if path.exists() and not os.access(path, os.W_OK):
            raise Refusal(
                f"{path} cannot be written to, and the packages are to be installed in {PROJECT}: "
                "start as the user who owns it, or make a copy of the project."
            )


def check_folder(environ: Mapping[str, str]) -> None:
    folder = var_folder(environ)
    if "\n" in f"{folder}{PROJECT}":
        raise Refusal("A folder's name contains a line break: move the project or PORTFOLIO_VAR.")
    existing = next(path for path in [folder, *folder.parents] if os.path.exists(path))
    if not os.path.isdir(existing):
        raise Refusal(f"PORTFOLIO_VAR: {existing} is not a folder.")
    if not os.access(existing, os.W_OK | os.X_OK):
        raise Refusal(f"PORTFOLIO_VAR: {existing} cannot be written to.")


def check_not_running(environ: Mapping[str, str]) -> None:
    folder = var_folder(environ)
    if is_locked(folder / LOCK_FILE):
        raise Refusal(
            f"{running_instance(folder)}: "
            "end it with `make stop`, or give another PORT and PORTFOLIO_VAR."
        )


def check_port(environ: Mapping[str, str]) -> None:
    host, text = environ.get("HOST") or DEFAULT_HOST, environ.get("PORT") or DEFAULT_PORT
    if not (text.isascii() and text.isdecimal() and int(text) in PORTS):
        raise Refusal(f"PORT: expected a number from 1 to {PORTS[-1]}, got {text!r}.")
    try:
        found = socket.getaddrinfo(host, int(text), type=socket.SOCK_STREAM)
    except OSError as error:
        raise Refusal(f"HOST: {host!r} is no address of this machine ({error}).") from None
    family, kind, protocol, _, address = found[0]
    with socket.socket(family, kind, protocol) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(address)
            probe.listen(1)
        except OSError as error:
            raise Refusal(
                f"PORT: {text} on {host} cannot be used ({error.strerror}); give another, "
                "for example `PORT=8001 make run`."
            ) from None


def check_admin_token(environ: Mapping[str, str]) -> None:
    token = environ.get("ADMIN_TOKEN")
    if token and (len(token) < SHORTEST_TOKEN or any(map(str.isspace, token))):
        raise Refusal(
            f"ADMIN_TOKEN must have at least {SHORTEST_TOKEN} characters, none of them a space."
        )


def check_servers(environ: Mapping[str, str]) -> None:
    """Every server that was given must accept a connection now."""
    for name in SERVER_URLS:
        url = environ.get(name)
        if not url:
            continue
        try:
            addresses = list(parse_addresses(name, url))
        except ValueError as error:
            raise Refusal(f"{name}: cannot be understood ({error}).") from None
        problem = first_problem(addresses)
        if problem:
            raise Refusal(f"{name}: {problem}.")


def var_folder(environ: Mapping[str, str]) -> Path:
    return Path(environ.get("PORTFOLIO_VAR") or "var").absolute()


def is_locked(lock_file: Path) -> bool:
    """Whether a launcher is alive: it holds this lock as long as it lives."""
    try:
        descriptor = os.open(lock_file, os.O_RDONLY)
    except OSError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(descriptor)
    return False


def running_instance(folder: Path) -> str:
    """That there is one and, as soon as it has said so, where."""
    values = {}
    with contextlib.suppress(OSError, ValueError):
        values = json.loads((folder / INSTANCE_FILE).read_text())
    if "HOST" in values and "PORT" in values:
        return f"Already running on {folder}, see {web_address(values['HOST'], values['PORT'])}"
    return f"Another instance is just starting on {folder}"


def web_address(host: str, port: str) -> str:
    """Where a browser on this machine finds it: a wildcard is no address."""
    reachable = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}.get(host, host)  # noqa: S104
    return f"http://[{reachable}]:{port}" if ":" in reachable else f"http://{reachable}:{port}"


SETUP_CHECKS = (check_installer, check_compiler, check_platform)
START_CHECKS = (check_folder, check_not_running, check_port, check_admin_token, check_servers)
CHECKS = {
    "run": (*SETUP_CHECKS, *START_CHECKS),
    "setup": SETUP_CHECKS,
    "install": (check_project,),
}


def main(arguments: list[str], environ: Mapping[str, str]) -> int:
    """`run` and `setup` each check all they need, `install` that the packages can be installed."""
    try:
        for check in CHECKS[arguments[0]]:
            check(environ)
    except Refusal as refusal:
        print(refusal, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], os.environ))
