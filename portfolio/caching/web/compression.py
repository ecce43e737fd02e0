"""Better content codings for what is asked for often: made in the background, kept in memory."""

import queue
import threading
from collections.abc import Callable

import brotli
import zstandard

from ..forks import after_fork
from ..memory import Copy
from ..nearby import Nearby
from .negotiation import IDENTITY
from .reply import REPLY_SIZE, Headers, Reply
from .response import StoredResponse, gzipped

_MOST_WAITING = 200


def _brotli(body: bytes) -> bytes:
    packed: bytes = brotli.compress(body, mode=brotli.MODE_TEXT, quality=9)
    return packed


def _zstandard(body: bytes) -> bytes:
    return zstandard.ZstdCompressor(level=12).compress(body)


COMPRESSORS: dict[str, Callable[[bytes], bytes]] = {
    "br": _brotli,
    "zstd": _zstandard,
    "gzip": gzipped,
}


def compress_now(response: StoredResponse, coding: str, cache_headers: Headers) -> Reply:
    """A reply under a coding that is not at hand, for a client that takes no other."""
    return Reply(response, coding, COMPRESSORS[coding](response.body), cache_headers)


class Compression:
    """One thread in a process that compresses copies; requests never wait for it."""

    def __init__(self, nearby: Nearby) -> None:
        self._nearby = nearby
        self._reset()
        after_fork(self._reset)

    def _reset(self) -> None:
        self._lock = threading.Lock()
        self._jobs: queue.SimpleQueue[tuple[Copy, str] | None] = queue.SimpleQueue()
        self._waiting: set[tuple[Copy, str]] = set()
        self._thread: threading.Thread | None = None

    def ask(self, copy: Copy, coding: str) -> None:
        """Have a copy's reply in a coding made, for those who ask later."""
        job = (copy, coding)
        with self._lock:
            if job in self._waiting or len(self._waiting) >= _MOST_WAITING:
                return
            self._waiting.add(job)
            if self._thread is None:
                self._thread = threading.Thread(
                    target=self._work, name="cache-compression", daemon=True
                )
                self._thread.start()
        self._jobs.put(job)

    def close(self) -> None:
        """Stop when what is waiting has been done."""
        if self._thread is not None:
            self._jobs.put(None)
            self._thread.join()

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            copy, coding = job
            self._compress(copy, coding)
            with self._lock:
                self._waiting.discard(job)

    def _compress(self, copy: Copy, coding: str) -> None:
        response: StoredResponse = copy.value
        plain: Reply = copy.replies[IDENTITY]
        body = COMPRESSORS[coding](response.body)
        if len(body) < len(response.body):
            reply = Reply(response, coding, body, plain.cache_headers)
            self._nearby.add_reply(copy, coding, reply, len(body) + REPLY_SIZE)
        else:
            # Remembered, so as not to try again: without a coding it is shortest.
            self._nearby.add_reply(copy, coding, plain, 0)
