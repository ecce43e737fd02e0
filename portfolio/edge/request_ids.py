"""Ids by which a request is found in the logs."""

import itertools
import os

from portfolio.caching.forks import after_fork


class RequestIds:
    """Ids that differ between requests and processes, made without asking the system each time.

    Attributes:
        prefix: of this process's ids.
        numbers: what follows it, one for each request.
    """

    def __init__(self) -> None:
        self._restart()
        after_fork(self._restart)

    def _restart(self) -> None:
        self.prefix = f"{os.urandom(8).hex()}-"
        self.numbers = itertools.count(1)
