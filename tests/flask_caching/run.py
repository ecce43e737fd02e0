"""Fetches Flask-Caching's source distribution and runs its tests against Portfolio's backend.

`python -m tests.flask_caching.run [pytest's options]`. What was fetched goes when it is over.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
REQUIREMENTS = HERE / "requirements.txt"
PLACED = {"suite_conftest.py": "conftest.py", "generic.py": "test_generic.py"}


def main(options: list[str]) -> int:
    """Run the suite; pytest's exit status."""
    installed = f"flask-caching=={version('flask-caching')} "
    if installed not in REQUIREMENTS.read_text(encoding="utf-8"):
        print(f"{installed}is installed, but {REQUIREMENTS} names another.", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory(prefix="flask-caching-suite-") as name:
        folder = Path(name)
        if not fetch(folder):
            return 1
        suite = unpack(folder)
        return run(suite, folder / "packages", options)


def fetch(folder: Path) -> bool:
    """Download what the requirements name; pip compares the hashes."""
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check"]
    command += ["--no-deps", "--no-binary", "flask-caching", "--require-hashes"]
    command += ["--requirement", str(REQUIREMENTS), "--dest", str(folder)]
    return subprocess.run(command, check=False).returncode == 0


def unpack(folder: Path) -> Path:
    """The folder of the unpacked source distribution, with our conftest over its own."""
    shutil.unpack_archive(next(folder.glob("*.whl")), folder / "packages", "zip")
    shutil.unpack_archive(next(folder.glob("*.tar.gz")), folder / "source", filter="data")
    suite = next((folder / "source").iterdir())
    for ours, theirs in PLACED.items():
        shutil.copy(HERE / ours, suite / "tests" / theirs)
    shutil.copy(HERE / "left_out.txt", suite / "tests")
    return suite


def run(suite: Path, packages: Path, options: list[str]) -> int:
    """Run pytest with the suite's own configuration, on the installed Flask-Caching."""
    command = [sys.executable, "-m", "pytest", "-c", "pyproject.toml", "--rootdir", "."]
    command += ["-p", "no:cacheprovider", "-ra", *options]
    path = os.pathsep.join([str(ROOT), str(packages)])
    return subprocess.run(
        command, cwd=suite, env={**os.environ, "PYTHONPATH": path}, check=False
    ).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
