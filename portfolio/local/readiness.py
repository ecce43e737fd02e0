"""Waiting until a server answers, by asking it; knows nothing about how it was started."""

from __future__ import annotations

import time
from collections.abc import Callable

import psycopg
import redis

from portfolio.caching.redis_adapter.clients import impatient_client
from portfolio.local.errors import LocalRuntimeError

POLL_SECONDS = 0.05
ANSWER_SECONDS = 2


def wait_until(
    name: str, ready: Callable[[], bool], still_hopeful: Callable[[], bool], seconds: float
) -> None:
    """Ask again and again until it is ready; LocalRuntimeError when hope or time is over."""
    deadline = time.monotonic() + seconds
    while not ready():
        if not still_hopeful():
            raise LocalRuntimeError(f"{name} ended while it was starting.")
        if time.monotonic() > deadline:
            raise LocalRuntimeError(f"{name} did not answer within {seconds:.0f} seconds.")
        time.sleep(POLL_SECONDS)  # a server that starts can only be asked again


def wait_while(condition: Callable[[], bool], seconds: float) -> bool:
    """Whether the condition ended within that time."""
    deadline = time.monotonic() + seconds
    while condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(POLL_SECONDS)  # nobody tells when it ends
    return True


def postgres_answers(url: str) -> bool:
    try:
        with psycopg.connect(url, connect_timeout=ANSWER_SECONDS) as connection:
            connection.execute("select 1")
    except psycopg.OperationalError:
        return False
    return True


def redis_answers(url: str) -> bool:
    try:
        with connect_redis(url) as client:
            return bool(client.ping())
    except redis.RedisError:
        return False


def connect_redis(url: str) -> redis.Redis:
    """A client that says at once when nobody answers, instead of trying for a minute."""
    return impatient_client(url, ANSWER_SECONDS)
