"""A serving process loads what answers need before anybody asks."""

import os
import subprocess
import sys
from collections.abc import Callable

import pytest
from apiflask import APIFlask

from portfolio.services.chat import loading
from portfolio.services.chat.loading import load_in_background
from portfolio.services.knowledge.shelf import current_knowledge
from tests.conversation.conftest import Ask

NOWHERE = "postgresql://nobody:secret-word@127.0.0.1:1/nothing"
SECONDS = 60
THREADS = "import threading, wsgi; print([thread.name for thread in threading.enumerate()])"


def test_the_default_profile_is_ready_when_the_thread_has_ended(
    app: APIFlask, published: str
) -> None:
    thread = load_in_background(app)
    thread.join(SECONDS)
    assert not thread.is_alive()
    with app.app_context():
        assert "book" in vars(current_knowledge(published, private=False))


def test_who_asks_meanwhile_is_answered(app: APIFlask, ask: Ask, published: str) -> None:
    thread = load_in_background(app)
    assert ask(remember=False)["citations"]
    thread.join(SECONDS)
    assert not thread.is_alive()


def test_a_database_that_is_away_is_told_in_a_line(
    make_app: Callable[..., APIFlask], caplog: pytest.LogCaptureFixture
) -> None:
    app = make_app(DATABASE_URL=NOWHERE)
    loading.logger.addHandler(caplog.handler)
    try:
        thread = load_in_background(app)
        thread.join(SECONDS)
    finally:
        loading.logger.removeHandler(caplog.handler)
    assert not thread.is_alive()
    assert [record.getMessage() for record in caplog.records] == [
        "answers are not loaded ahead: OperationalError"
    ]
    assert caplog.records[0].exc_info is None


@pytest.mark.parametrize(
    ("command", "loads"), [({}, True), ({"FLASK_RUN_FROM_CLI": "true"}, False)]
)
def test_only_processes_that_serve_load(
    environment: dict[str, str], command: dict[str, str], loads: bool
) -> None:
    settings = {**os.environ, **environment, **command}
    done = subprocess.run(
        [sys.executable, "-c", THREADS], env=settings, capture_output=True, text=True, check=True
    )
    assert ("load-answers" in done.stdout) == loads
