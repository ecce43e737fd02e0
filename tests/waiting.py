"""Waiting for what happens in another thread or process and cannot be told."""

import threading
import time
from collections.abc import Callable

import pytest


def until(condition: Callable[[], object], seconds: float = 30) -> None:
    """Ask every few milliseconds until it is so; fail after `seconds`."""
    pause, start = threading.Event(), time.monotonic()
    while not condition():
        if time.monotonic() - start > seconds:
            pytest.fail("never came true")
        pause.wait(0.005)
