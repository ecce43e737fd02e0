"""A client that openapi-python-client generates from the description works against a server."""

import importlib
import json
import pkgutil
import subprocess
import sys
from collections.abc import Iterator
from types import ModuleType
from typing import Any

import pytest

from portfolio.vocabulary import Scope

from .conftest import Site

PACKAGE = "generated_client"
# Formatting the code would only take time.
CONFIGURATION = {"post_hooks": []}


class GeneratedClient:
    """The generated package: its operations, its models, and clients for callers."""

    def __init__(self, site: Site) -> None:
        self._address = site.address
        self._tokens = site.tokens
        self._package = importlib.import_module(PACKAGE)
        self.models = importlib.import_module(f"{PACKAGE}.models")

    def operations(self) -> list[str]:
        """The names of the modules, one for each operation."""
        api = importlib.import_module(f"{PACKAGE}.api")
        found = pkgutil.walk_packages(api.__path__, f"{PACKAGE}.api.")
        return [module.name for module in found if not module.ispkg]

    def call(self, operation: str, *arguments: Any, scope: Scope | None = None, **more: Any) -> Any:
        """The detailed response of an operation, such as `projects.list_projects`."""
        module: ModuleType = importlib.import_module(f"{PACKAGE}.api.{operation}")
        client = self._package.Client(base_url=self._address)
        if scope is not None:
            client = self._package.AuthenticatedClient(
                base_url=self._address, token=self._tokens[scope]
            )
        with client:
            return module.sync_detailed(*arguments, client=client, **more)


@pytest.fixture(scope="module")
def generated(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[GeneratedClient]:
    folder = tmp_path_factory.mktemp("client")
    (folder / "openapi.json").write_bytes(site.ask("/api/v1/openapi.json").content)
    (folder / "configuration.json").write_text(json.dumps(CONFIGURATION))
    command = [
        *(sys.executable, "-m", "openapi_python_client", "generate", "--meta", "none"),
        *("--path", "openapi.json", "--output-path", PACKAGE),
        *("--config", "configuration.json", "--fail-on-warning"),
    ]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "arning" not in done.stdout, done.stdout
    sys.path.insert(0, str(folder))
    yield GeneratedClient(site)
    sys.path.remove(str(folder))
    for name in [name for name in sys.modules if name.partition(".")[0] == PACKAGE]:
        del sys.modules[name]


@pytest.fixture(autouse=True, scope="module")
def sample(site: Site) -> None:
    site.publish_sample()


def test_every_operation_can_be_imported(site: Site, generated: GeneratedClient) -> None:
    operations = site.ask("/api/v1/openapi.json").json()["paths"].values()
    told = {each["operationId"] for item in operations for each in item.values()}
    for name in generated.operations():
        assert callable(importlib.import_module(name).sync_detailed)
    assert {name.rpartition(".")[2] for name in generated.operations()} == told


def test_it_lists_and_shows(generated: GeneratedClient) -> None:
    listed = generated.call("projects.list_projects", page_size=5, technology=["PostgreSQL"])
    assert listed.status_code == 200
    assert 0 < len(listed.parsed.items) <= 5
    first = listed.parsed.items[0]
    assert isinstance(first, generated.models.ProjectSummary)
    shown = generated.call("projects.show_project", first.slug)
    assert isinstance(shown.parsed, generated.models.ProjectDetail)
    assert shown.parsed.title == first.title
    assert shown.parsed.additional_properties == {}
    profile = generated.call("profiles.show_profile", first.profile.slug)
    assert profile.parsed.work[0].start_date


def test_it_creates_changes_and_deletes(generated: GeneratedClient) -> None:
    new = generated.models.ProjectWrite(title="Tide tables", technologies=["Python"])
    created = generated.call("projects.create_project", body=new, scope=Scope.WRITE)
    assert (created.status_code, created.parsed.slug) == (201, "tide-tables")
    tag = created.headers["ETag"]
    patch = generated.models.ProjectPatch(complexity=7, difficulty=None)
    patched = generated.call(
        "projects.patch_project", "tide-tables", body=patch, if_match=tag, scope=Scope.WRITE
    )
    assert (patched.status_code, patched.parsed.complexity) == (200, 7)
    assert patched.parsed.technologies == ["Python"]
    deleted = generated.call("projects.delete_project", "tide-tables", scope=Scope.WRITE)
    assert (deleted.status_code, deleted.content) == (204, b"")
    assert generated.call("projects.show_project", "tide-tables").status_code == 404


def test_it_reads_problems(generated: GeneratedClient) -> None:
    new = generated.models.ProjectWrite(title="", complexity=11)
    anonymous = generated.call("projects.create_project", body=new)
    assert (anonymous.status_code, anonymous.parsed.status) == (401, 401)
    reader = generated.call("projects.create_project", body=new, scope=Scope.READ)
    assert reader.status_code == 403
    invalid = generated.call("projects.create_project", body=new, scope=Scope.WRITE)
    assert isinstance(invalid.parsed, generated.models.Problem)
    assert [error.pointer for error in invalid.parsed.errors] == ["#/title", "#/complexity"]


def test_it_asks_on_conditions(generated: GeneratedClient) -> None:
    shown = generated.call("projects.show_project", "tidegauge")
    tag = shown.headers["ETag"]
    again = generated.call("projects.show_project", "tidegauge", if_none_match=tag)
    assert (again.status_code, again.content) == (304, b"")
    late = generated.models.ProjectPatch(complexity=3)
    answers = [
        generated.call(
            "projects.patch_project", "tidegauge", body=late, if_match=tag, scope=Scope.WRITE
        )
        for _ in range(2)
    ]
    assert [answer.status_code for answer in answers] == [200, 412]
    assert isinstance(answers[1].parsed, generated.models.Problem)
