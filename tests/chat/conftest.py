"""An application with a language model, on a server of the test's."""

from collections.abc import Callable, Iterator

import pytest
from apiflask import APIFlask

from portfolio.services.wording.wordsmith import current_wordsmith
from tests.chat.model_server import ModelServer

KEY = "sk-never-to-be-seen"


@pytest.fixture
def model() -> Iterator[ModelServer]:
    with ModelServer() as server:
        yield server


@pytest.fixture
def make_wording(
    make_app: Callable[..., APIFlask], model: ModelServer
) -> Iterator[Callable[..., APIFlask]]:
    """Builds applications that let the server word answers."""
    apps: list[APIFlask] = []

    def make(**settings: str) -> APIFlask:
        given = {"LLM_BASE_URL": model.url, "LLM_MODEL": "test-model", "LLM_API_KEY": KEY}
        apps.append(make_app(**{**given, **settings}))
        return apps[-1]

    yield make
    for app in apps:
        with app.app_context():
            smith = current_wordsmith()
            if smith is not None:
                smith.close()


@pytest.fixture
def worded(make_wording: Callable[..., APIFlask]) -> Iterator[APIFlask]:
    """The application, in its context."""
    app = make_wording()
    with app.app_context():
        yield app
