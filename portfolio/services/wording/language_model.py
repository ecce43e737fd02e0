"""Asking an OpenAI-compatible server."""

import os
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Any

import httpx

from portfolio.ai.wording.events import Piece
from portfolio.ai.wording.prompt import Message
from portfolio.services.wording.model_call import ModelCall, ModelFailure
from portfolio.services.wording.model_reply import read_reply

_SHORTLY = 0.1
"""Seconds in which a call that is over gives its place back."""
_HEADERS = {
    "Accept": "text/event-stream, application/json",
    # Nothing that a few bytes could be blown up from.
    "Accept-Encoding": "identity",
    "User-Agent": "portfolio",
}


@dataclass(frozen=True)
class ModelServer:
    """How to reach it; `key` is shown nowhere."""

    base_url: str
    key: str
    model: str
    connect_timeout: float
    silence_timeout: float
    max_tokens: int
    concurrency: int

    def __repr__(self) -> str:
        return f"ModelServer({self.base_url}, {self.model})"


class LanguageModel:
    """One connection pool for each process, made at its first call."""

    def __init__(self, server: ModelServer) -> None:
        self.server = server
        self._variant = 0
        self._reset()
        os.register_at_fork(after_in_child=self._reset)

    def _reset(self) -> None:
        self._lock = threading.Lock()
        self._client: httpx.Client | None = None
        self._places = threading.BoundedSemaphore(self.server.concurrency)

    def close(self) -> None:
        """Close all connections."""
        with self._lock:
            client, self._client = self._client, None
        if client is not None:
            client.close()

    def ask(self, messages: list[Message], seconds: float) -> Iterator[Piece]:
        """The reply, piece by piece, to its proper end.

        Raises:
            ModelFailure: there is none, or no more of it.
        """
        deadline = time.monotonic() + seconds
        try:
            yield from self._ask(messages, self._variant, deadline)
        except ModelFailure as failure:
            if failure.reason != "rejected" or self._variant:
                raise
            # Some know no `stream_options`, some want another name for `max_tokens`.
            yield from self._ask(messages, 1, deadline)
            self._variant = 1

    def _ask(self, messages: list[Message], variant: int, deadline: float) -> Iterator[Piece]:
        if not self._places.acquire(timeout=_SHORTLY):
            raise ModelFailure("busy", sent=False, is_its_own=False)
        request = self._request(messages, variant)
        call = ModelCall(self._connected, request, deadline, self._places)
        call.begin()
        try:
            yield from read_reply(call)
        except BaseException:
            call.leave()
            raise

    def _connected(self) -> httpx.Client:
        with self._lock:
            if self._client is None:
                self._client = self._make_client()
            return self._client

    def _make_client(self) -> httpx.Client:
        server = self.server
        # The authorities that come with httpx, and those of this machine.
        trusted = httpx.create_ssl_context(trust_env=False)
        trusted.load_default_certs()
        headers = {"Authorization": f"Bearer {server.key}"} if server.key else {}
        return httpx.Client(
            headers=_HEADERS | headers,
            timeout=httpx.Timeout(server.silence_timeout, connect=server.connect_timeout),
            limits=httpx.Limits(
                max_connections=server.concurrency,
                max_keepalive_connections=server.concurrency,
                keepalive_expiry=20,
            ),
            verify=trusted,
            trust_env=False,
            follow_redirects=False,
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
        )

    def _request(self, messages: list[Message], variant: int) -> dict[str, Any]:
        body: dict[str, Any] = {"model": self.server.model, "messages": messages, "stream": True}
        if variant:
            body["max_completion_tokens"] = self.server.max_tokens
        else:
            body |= {
                "max_tokens": self.server.max_tokens,
                "temperature": 0,
                "stream_options": {"include_usage": True},
            }
        return {"method": "POST", "url": f"{self.server.base_url}/chat/completions", "json": body}
