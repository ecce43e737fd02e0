"""Conventions worth having."""

import ast
import subprocess
from pathlib import Path

import pytest

SOURCES = sorted(
    path
    for root in ("portfolio", "tests", "bench", "migrations")
    for path in Path(root).rglob("*.py")
    if "__pycache__" not in path.parts
)


@pytest.mark.parametrize("path", SOURCES, ids=str)
def test_every_module_says_what_it_is(path: Path) -> None:
    module = ast.parse(path.read_text(encoding="utf-8"))
    if module.body:
        assert ast.get_docstring(module)


@pytest.mark.parametrize("path", SOURCES, ids=str)
def test_no_import_hides_in_a_function(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            hidden = [n for n in ast.walk(node) if isinstance(n, ast.Import | ast.ImportFrom)]
            assert not hidden, f"{node.name}, line {node.lineno}"


def test_nothing_of_ours_is_pickled() -> None:
    users = [
        path
        for path in SOURCES
        if path.parts[0] == "portfolio" and "import pickle" in path.read_text(encoding="utf-8")
    ]
    assert users == []


def test_no_file_outside_the_sources_is_tracked_by_mistake() -> None:
    if not Path(".git").exists():
        pytest.skip("not a git checkout")
    tracked = subprocess.run(
        ["git", "ls-files"], capture_output=True, text=True, check=True
    ).stdout.splitlines()
    assert not [name for name in tracked if name.startswith(("var/", ".venv/"))]
