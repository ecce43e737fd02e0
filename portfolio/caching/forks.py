"""What is to be done in a child process after a fork."""

import os
from collections.abc import Callable
from functools import partial
from weakref import WeakMethod


def after_fork(method: Callable[[], None]) -> None:
    """Call a bound method in each child that is forked from now on, while its object lives.

    Python itself would hold the object, and all that belongs to it, as long as the process runs.
    """
    os.register_at_fork(after_in_child=partial(_call, WeakMethod(method)))


def _call(kept: WeakMethod[Callable[[], None]]) -> None:
    method = kept()
    if method is not None:
        method()
