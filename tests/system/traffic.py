"""Readers and a writer over HTTP, who notice an old answer and an error."""

import threading
import time
from collections import deque
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx

from .conftest import TOKEN, System, until

BOUND = 2.5
"""Seconds after which nothing old is served, whatever has failed."""
SOON = 0.25
"""A tenth of that: the milliseconds that a push takes, on a busy machine."""


@dataclass
class Traffic:
    """Readers of one project, and a writer that counts its title up until the end.

    Attributes:
        bound: a read that began so many seconds after a write was answered must not return less.
        reads: answers that were compared with a write.
        wrong: those that were older than that, and those that were no answers.
    """

    system: System
    bound: float = BOUND
    number: int = 0
    reads: int = 0
    wrong: list[Any] = field(default_factory=list)

    def __post_init__(self) -> None:
        project = self.system.ask("/api/v1/projects/featured/").json()["items"][0]
        self.address = f"/api/v1/projects/{project['id']}/"
        self._paths = (self.address, f"/api/v1/projects/{project['slug']}/", "/api/v1/projects/")
        self._id = project["id"]
        self._written: deque[tuple[int, float]] = deque()
        self._stop = threading.Event()

    @contextmanager
    def running(self, *, writing: bool = True) -> Iterator["Traffic"]:
        """Readers are at work inside, and the writer; in the end nothing must have been wrong."""
        self._stop.clear()
        if writing:
            self.write()  # or the first readers would see a title that is no number
        with ThreadPoolExecutor(len(self._paths) + 1) as pool:
            work = [pool.submit(self._read, path) for path in self._paths]
            if writing:
                work.append(pool.submit(self._write_on))
            try:
                yield self
            finally:
                self._stop.set()
            for one in work:
                one.result(60)
        assert not self.wrong, self.wrong[:3]

    def more(self, reads: int = 60) -> None:
        """Wait until so many more answers have been compared."""
        target = self.reads + reads
        until(lambda: self.reads >= target, 60)

    def write(self) -> None:
        """One more write."""
        body = {"title": f"Number {self.number + 1}"}
        done = self.system.ask(self.address, "PATCH", token=TOKEN, json=body)
        if done.status_code != 200:
            self.wrong.append(("PATCH", done.status_code, done.text))
        self.number += 1
        self._written.append((self.number, time.monotonic()))

    def settle(self) -> None:
        """Wait until every worker answers the last that was written, from the cache."""
        until(lambda: all("hit" in a.headers["Cache-Status"] for a in self.last_answers()), 10)

    def last_answers(self) -> list[httpx.Response]:
        """Wait, as long as anything old may be served, until every worker answers the last."""
        end = time.monotonic() + self.bound
        while True:
            begun = time.monotonic()
            answers = self.system.ask_everyone(self.address, 6)
            titles = {self._title(answer.json()) for answer in answers}
            if titles == {f"Number {self.number}"}:
                return answers
            assert begun < end, f"{titles} {self.bound} s after Number {self.number}"

    def _write_on(self) -> None:
        while not self._stop.is_set():
            self.write()
            self._stop.wait(0.02)

    def _read(self, path: str) -> None:
        with httpx.Client(base_url=self.system.address, timeout=20, trust_env=False) as client:
            while not self._stop.is_set():
                known = time.monotonic() - self.bound
                least = max((n for n, moment in list(self._written) if moment <= known), default=0)
                answer = client.get(path)
                if answer.status_code != 200:
                    self.wrong.append((path, answer.status_code, answer.text))
                    continue
                title = self._title(answer.json())
                if int(title.removeprefix("Number ")) < least:
                    self.wrong.append((path, title, least, answer.headers["Cache-Status"]))
                self.reads += least > 0

    def _title(self, body: dict[str, Any]) -> str:
        items = body.get("items", [body])
        return str(next(item["title"] for item in items if item["id"] == self._id))
