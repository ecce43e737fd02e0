"""Places for images: a folder, and a real S3 server that runs in this process."""

from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from apiflask import APIFlask
from moto.server import ThreadedMotoServer


@pytest.fixture(scope="session")
def s3() -> Iterator[str]:
    """The address of an S3 server with a bucket in it."""
    server = ThreadedMotoServer("127.0.0.1", port=0, verbose=False)
    server.start()
    address = "http://{}:{}".format(*server.get_host_and_port())
    # The first request has it import every service that it could imitate.
    httpx.put(f"{address}/bucket", timeout=60).raise_for_status()
    yield address
    server.stop()


@pytest.fixture(params=["folder", "s3"])
def place(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    if request.param == "folder":
        return str(tmp_path / "new" / "media")
    monkeypatch.setenv("AWS_ENDPOINT_URL", request.getfixturevalue("s3"))
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "somebody")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    return f"s3://bucket/{tmp_path.name}"


@pytest.fixture
def stored(make_app: Callable[..., APIFlask], place: str) -> APIFlask:
    """An application that keeps its images there."""
    return make_app(PORTFOLIO_MEDIA=place)
