"""Taking Redis's answers apart, and refusing what cannot be one."""

from typing import Any

UNREADABLE = (ValueError, TypeError, LookupError, AttributeError)
"""What comes of taking apart an answer that was damaged on its way, here or in the client."""


def run_id_of(info: Any) -> str:
    """The run id in what INFO says; raises LookupError when there is none."""
    if isinstance(info, dict):
        return str(info["run_id"])
    lines = (info.decode() if isinstance(info, bytes) else str(info)).splitlines()
    named = dict(line.split(":", 1) for line in lines if ":" in line)
    return named["run_id"]


def strings(answer: Any, number: int) -> list[bytes | None]:
    """An answer that is a list of so many strings or nothings; raises TypeError when it is not."""
    if not isinstance(answer, list) or len(answer) != number:
        raise TypeError("another number of values than asked for")
    if not all(value is None or isinstance(value, bytes) for value in answer):
        raise TypeError("values of another type than asked for")
    return answer
