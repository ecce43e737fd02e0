"""Runs Schemathesis over the running site, with a token of a scope or without one.

Every check is on. beyond_schemas.py and schemathesis.toml say what is not counted as a failure.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

from portfolio.models import SECTIONS
from portfolio.vocabulary import Scope

from .conftest import Site

HERE = Path(__file__).parent
# Eleven sections share their views; two of them stand for the others, but at length.
ALIKE = "|".join(name.replace("_", "-") for name in SECTIONS if name not in ("work", "skills"))
WITHOUT_TWINS = ("--exclude-path-regex", f"/({ALIKE})/")
# `coverage` takes most of the time, and most of it is about bodies, which only writers may send.
PHASES = "examples,fuzzing,stateful"
EVERY_PHASE = f"{PHASES},coverage"


def run_schemathesis(site: Site, scope: Scope | None, phases: str, *options: str) -> str:
    """What Schemathesis says in the end; fails with all that it says if it finds anything."""
    site.publish_sample()
    token = ["--header", f"Authorization: Bearer {site.tokens[scope]}"] if scope else []
    command = [
        *(sys.executable, "-m", "schemathesis.cli"),
        *("--config-file", str(HERE / "schemathesis.toml"), "run"),
        *("--checks", "all", "--phases", phases, "--continue-on-failure", "--no-color"),
        *("--generation-database", "none", "--suppress-health-check", "all"),
        *options,
        *token,
        f"{site.address}/api/v1/openapi.json",
    ]
    done = subprocess.run(
        command,
        env={**os.environ, "SCHEMATHESIS_HOOKS": "tests.contract.beyond_schemas"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert re.search(r"Selected: (\d+)/\d+\n +Tested: \1\n", done.stdout), done.stdout
    return done.stdout


def find_nothing(site: Site, scope: Scope | None, phases: str) -> None:
    """Briefly, and in the same way each time."""
    said = run_schemathesis(
        site, scope, phases, "--max-examples", "5", "--seed", "1", *WITHOUT_TWINS
    )
    cases = re.search(r"(\d+) generated, (\d+) passed", said)
    assert cases is not None
    assert int(cases[2]) > 200
