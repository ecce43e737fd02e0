"""What the C library's allocator keeps of freed memory."""

import ctypes
from contextlib import suppress

_TRIM_THRESHOLD, _ARENA_MAX = -1, -8
"""Of glibc's malloc.h."""
_KEPT = 8 * 1024 * 1024
_HEAPS = 2


def limit_heaps() -> None:
    """Keep few heaps and little in them.

    By itself glibc has a heap for each of many threads, and each keeps what the longest text that
    was ever encoded in one of them needed.
    """
    with suppress(OSError, AttributeError):
        mallopt = ctypes.CDLL(None).mallopt
        mallopt(_ARENA_MAX, _HEAPS)
        mallopt(_TRIM_THRESHOLD, _KEPT)
