"""Waiting for what happens in another thread or process and cannot be told."""

import threading
import time
from collections.abc import Callable

import pytest


def until(condition: Callable[[], object], seconds: float = 30) -> None:
    """Ask every few milliseconds until it is so; whoever asks after `seconds` must find it so.

    What was asked before and answered later, on a machine that stood still meanwhile, is no proof
    that it was late.
    """
    pause, end = threading.Event(), time.monotonic() + seconds
    while True:
        asked = time.monotonic()
        if condition():
            return
        if asked > end:
            pytest.fail(f"not true after {seconds} s")
        pause.wait(0.005)
