"""Has expired entries computed anew while they are still being served; nobody waits for it."""

import logging
import queue
import secrets
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from .breaker import StoreUnavailable
from .forks import after_fork
from .store import Store

logger = logging.getLogger(__name__)

AGAIN = 10.0
"""Seconds after which an entry that is still expired is asked for once more."""
_MOST_WAITING = 1000


@dataclass(frozen=True, slots=True)
class _Job:
    policy: str
    identity: str
    arguments: Mapping[str, Any]
    times: int


class Refresher:
    """Hands each expired entry to the workers, once among all processes, or computes it itself.

    Args:
        send: gives policy and arguments to the workers; False when they cannot be reached.
        compute: computes and stores the entry here.
    """

    def __init__(
        self,
        store: Store,
        send: Callable[[str, Mapping[str, Any]], bool],
        compute: Callable[[str, Mapping[str, Any]], None],
    ) -> None:
        self._store = store
        self._send = send
        self._compute = compute
        self._reset()
        after_fork(self._reset)

    def _reset(self) -> None:
        self._lock = threading.Lock()
        self._asked: dict[str, tuple[float, int]] = {}
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        self._closed = False

    def ask(self, policy: str, identity: str, arguments: Mapping[str, Any]) -> None:
        """Have an entry computed anew, unless that was asked for a moment ago."""
        now = time.monotonic()
        with self._lock:
            asked, times = self._asked.get(identity, (float("-inf"), 0))
            if now - asked < AGAIN or not self._has_room(now):
                return
            times = times + 1 if now - asked < 2 * AGAIN else 1
            self._asked[identity] = (now, times)
            if self._thread is None:
                self._thread = threading.Thread(
                    target=self._work, name="cache-refresh", daemon=True
                )
                self._thread.start()
        self._jobs.put(_Job(policy, identity, arguments, times))

    def close(self) -> None:
        """Finish what is being computed, and nothing more."""
        self._closed = True
        if self._thread is not None:
            self._jobs.put(None)
            self._thread.join()

    def _has_room(self, now: float) -> bool:
        if len(self._asked) >= _MOST_WAITING:
            recent = {key: (at, n) for key, (at, n) in self._asked.items() if now - at < 2 * AGAIN}
            self._asked = recent
        return len(self._asked) < _MOST_WAITING

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None and not self._closed:
            try:
                self._refresh(job)
            except Exception:
                # What one computation raises must not end the thread that makes the others.
                logger.warning("not refreshed: policy %s", job.policy, exc_info=True)

    def _refresh(self, job: _Job) -> None:
        owner = secrets.token_bytes(12)
        try:
            holder = self._store.claim(f"refresh:{job.identity}", owner, AGAIN * 0.9)
        except StoreUnavailable:
            return
        # Workers that were asked before and have not done it are not asked twice in a row.
        if holder == owner and (job.times > 1 or not self._send(job.policy, job.arguments)):
            self._compute(job.policy, job.arguments)
