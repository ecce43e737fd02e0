"""Run as a program: uses the cache, forks, and lets parent and child write to each other.

Ends with 0 when each saw the other's writes as well as its own.
"""

import faulthandler
import os
import signal
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor

from apiflask import APIFlask
from sqlalchemy import text

from portfolio.app import create_app
from portfolio.extensions import db
from tests.forked import fork_to

ROUNDS = 20


class Party:
    """One of two processes: renames its own project, and reads both."""

    def __init__(self, app: APIFlask, slugs: list[str]) -> None:
        self.app, self.slugs = app, slugs

    def read(self, slug: str) -> str:
        answer = self.app.test_client().get(f"/api/v1/projects/{slug}/")
        assert answer.status_code == 200, answer.text
        return str(answer.json["title"])

    def write(self, slug: str, title: str) -> None:
        with self.app.app_context():
            db.session.execute(
                text("UPDATE projects SET title = :title WHERE slug = :slug"),
                {"title": title, "slug": slug},
            )
            db.session.commit()

    def work(self, mine: int) -> None:
        """Its own writes are seen at once, and the other's last one before long."""
        for number in range(ROUNDS):
            self.write(self.slugs[mine], f"Round {number}")
            with ThreadPoolExecutor(4) as pool:
                titles = list(pool.map(self.read, [self.slugs[mine]] * 8))
            assert titles == [f"Round {number}"] * 8, titles
            self.read(self.slugs[1 - mine])
        pause, end = threading.Event(), time.monotonic() + 30
        while self.read(self.slugs[1 - mine]) != f"Round {ROUNDS - 1}":
            assert time.monotonic() < end, "the other's last write was never seen"
            pause.wait(0.05)


def main() -> int:
    """The parent's exit status."""
    # A child that hangs tells where.
    faulthandler.register(signal.SIGUSR1)
    app = create_app()
    listed = app.test_client().get("/api/v1/projects/").json["items"]
    party = Party(app, [item["slug"] for item in listed[:2]])
    # Every connection, thread and copy that there can be is there before the fork.
    party.write(party.slugs[0], "Before")
    for slug in party.slugs * 2:
        party.read(slug)

    def work() -> None:
        party.work(1)
        print("child:right", flush=True)

    child = fork_to(work)
    party.work(0)
    _pid, status = os.waitpid(child, 0)
    print("parent:right", flush=True)
    return os.waitstatus_to_exitcode(status)


if __name__ == "__main__":
    sys.exit(main())
