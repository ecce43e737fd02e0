"""What is registered for after a fork does not keep anything alive."""

import os
from weakref import ref

from portfolio.caching.forks import after_fork


class Part:
    def __init__(self) -> None:
        self.process = os.getpid()
        after_fork(self.reset)

    def reset(self) -> None:
        self.process = os.getpid()


def test_what_nobody_uses_any_more_is_let_go() -> None:
    gone = ref(Part())
    assert gone() is None


def test_what_is_still_used_is_called_in_the_child() -> None:
    part = Part()
    child = os.fork()
    if child == 0:
        os._exit(0 if part.process == os.getpid() else 1)
    assert os.waitpid(child, 0) == (child, 0)
    assert part.process == os.getpid()
