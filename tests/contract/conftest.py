"""A web server process with the sample portfolio, and a token of each scope."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import httpx
import psycopg
import pytest
from apiflask import APIFlask
from flask_migrate import upgrade
from psycopg import sql

from portfolio.blueprints.examples import chat_examples, job_examples, visit_examples
from portfolio.blueprints.examples.section_examples import ITEM_ID
from portfolio.command_app import create_command_app
from portfolio.config import Settings
from portfolio.local.embedded import EmbeddedServers
from portfolio.models import SECTIONS, Conversation
from portfolio.services.tokens import create_token
from portfolio.vocabulary import Scope
from tests.conftest import close_app
from tests.system.conftest import SAMPLE, System
from tests.system.second import second_system

from .description import Operation

SECRET = str(chat_examples.CONVERSATION["access_token"])
CONVERSATION = f"""
WITH begun AS (
    INSERT INTO conversations (id, secret_hash)
    VALUES ('{chat_examples.CONVERSATION["id"]}', %(secret)s) RETURNING id
)
INSERT INTO messages (id, conversation_id, number, question, answer, kind, confidence)
SELECT '{chat_examples.ANSWER["message_id"]}', id, 1, 'Hello', 'Hello.', 'smalltalk', 1 FROM begun
"""
ANALYSIS = f"""
INSERT INTO job_analyses
    (id, secret_hash, profile_id, private, source, text, status, report, finished_at)
SELECT '{job_examples.ID}', %(secret)s, id, false, 'text', %(text)s, 'done', %(report)s, now()
FROM profiles
"""
SESSION = f"""
INSERT INTO visitor_sessions (
    id, day, first_seen, last_seen, visits, events, page_views, project_views, chat_starts,
    job_matches, downloads, contacts, duration_ms, device, browser, system, is_bot
)
SELECT '{visit_examples.SESSION_ID}', current_date, now(), now(), 1, 1, 1, 0, 0,
    0, 0, 0, 0, 'desktop', 'Firefox', 'Linux', false
"""
FIRST_ROW = "UPDATE {} SET id = %s WHERE id = (SELECT id FROM {} ORDER BY sort_order LIMIT 1)"


@dataclass
class Site:
    """The running server, what it describes itself as, and who may call it."""

    _app: APIFlask
    running: System
    tokens: dict[Scope, str]

    @property
    def address(self) -> str:
        return self.running.address

    def ask(
        self, path: str, method: str = "GET", scope: Scope | None = None, **options: Any
    ) -> httpx.Response:
        """One request, with a token of the scope and the secret of what belongs to visitors."""
        secrets = {"X-Conversation-Token": SECRET, "X-Analysis-Token": SECRET}
        options["headers"] = secrets | options.get("headers", {})
        return self.running.ask(path, method, token=scope and self.tokens[scope], **options)

    def publish_sample(self) -> None:
        """Make the sample the whole content."""
        with psycopg.connect(self.running.environment["DATABASE_URL"]) as connection:
            connection.execute(
                "TRUNCATE profiles, conversations, job_analyses, visitor_sessions CASCADE"
            )
        sample = json.loads(SAMPLE.read_text("utf-8"))
        sample["basics"]["label"] = "Soon to be changed"
        self.flask("portfolio", "import", "-", given=json.dumps(sample))
        # Examples name one id, which the first item of every section gets.
        with psycopg.connect(self.running.environment["DATABASE_URL"]) as connection:
            for model in SECTIONS.values():
                table = sql.Identifier(model.__tablename__)
                connection.execute(sql.SQL(FIRST_ROW).format(table, table), (ITEM_ID,))
            secret = Conversation.hash(SECRET)
            connection.execute(CONVERSATION, {"secret": secret})
            connection.execute(SESSION)
            connection.execute(
                ANALYSIS,
                {
                    "secret": secret,
                    "text": job_examples.DESCRIPTION.strip(),
                    "report": json.dumps(job_examples.REPORT),
                },
            )
        # Again, so that there is an import after which nothing was edited.
        self.flask("portfolio", "import", str(SAMPLE))

    def path_of(self, operation: Operation) -> str:
        """The operation's path: parameters are as their examples say, or lead to the first row.

        Raises:
            LookupError: the sample has nothing there.
        """
        path = ""
        for part in operation.path.strip("/").split("/"):
            if part.startswith("{"):
                told = operation.parameters[part.strip("{}")]
                part = told["example"] if "example" in told else self.ids(f"{path}/")[0]
            path += f"/{part}"
        return path + "/" * operation.path.endswith("/")

    def ids(self, path: str) -> list[str]:
        """Of the first rows of a list."""
        answer = self.ask(path, scope=Scope.ADMIN)
        assert answer.status_code == 200, f"{path}: {answer.text}"
        return [item["id"] for item in answer.json()["items"]]

    def flask(self, *words: str, given: str | None = None) -> str:
        """What a command prints; in this process, which is quicker."""
        done = self._app.test_cli_runner().invoke(args=words, input=given)
        assert done.exit_code == 0, f"flask {' '.join(words)}: {done.output}"
        return done.stdout


@pytest.fixture(scope="session")
def site(servers: EmbeddedServers, environment: dict[str, str]) -> Iterator[Site]:
    settings = {
        **environment,
        "DATABASE_URL": servers.create_database("contract"),
        "FLASK_APP": "wsgi:app",
        "CACHE_KEY_PREFIX": "contract",
        "CHAT_RATE_LIMIT": "1000000 per minute",
        "JOB_RATE_LIMIT": "1000000 per minute",
        "EVENT_RATE_LIMIT": "1000000 per minute",
        "CONTACT_RATE_LIMIT": "1000000 per minute",
        "QUERY_REPEATED_AFTER": "3",
    }
    app = create_command_app(Settings.load(settings))
    with app.app_context():
        upgrade()
        tokens = {scope: create_token(f"{scope} for tests", scope) for scope in Scope}
    base = System("", settings, servers)
    with second_system(base, CACHE_KEY_PREFIX="contract") as running:
        yield Site(app, running, tokens)
    close_app(app)
