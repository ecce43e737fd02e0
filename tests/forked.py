"""A child of this process that does a piece of work and says by its end whether it went well."""

import os
import sys
import traceback
from collections.abc import Callable


def fork_to(work: Callable[[], None]) -> int:
    """The child's process id; it never returns from here, and ends with 0 if all went well."""
    child = os.fork()
    if child:
        return child
    status = 1
    try:
        work()
        status = 0
    finally:
        if status:
            traceback.print_exc()
        sys.stderr.flush()
        sys.stdout.flush()
        os._exit(status)
