"""Writing what waits in Redis, in bulk: begun again after any failure, and each event once."""

import time
from collections.abc import Mapping, Sequence

import msgspec
from flask import current_app
from sqlalchemy.exc import DataError, IntegrityError

from portfolio.services.locks import held_alone
from portfolio.services.visits.queue import Entry, event_queue
from portfolio.services.visits.recruiters import host_pattern
from portfolio.services.visits.writing import Event, write_events

AT_ONCE = 1000
_LONGEST = 20.0
"""Seconds after which one run leaves the rest to the next."""
_ALONE = 7_013_002


def write_queued(at_once: int = AT_ONCE) -> dict[str, int]:
    """Write events until none waits; one process at a time does it.

    Returns:
        how many were written, and how many set apart because they never can be.

    Raises:
        QueueAway, DBAPIError: what was not finished is there for the next run.
    """
    queue, sums = event_queue(), {"written": 0, "apart": 0}
    with held_alone(_ALONE) as alone:
        if not alone:
            return sums
        end = time.monotonic() + _LONGEST
        queue.prepare()
        while time.monotonic() < end and (entries := queue.take(at_once)):
            written, apart = _write(entries)
            queue.finish(entries, written, apart)
            sums["written"] += written
            sums["apart"] += len(apart)
    return sums


def write_what_fits(events: Sequence[Event]) -> tuple[int, dict[int, str]]:
    """Write events; those that the database refuses do not hinder the others.

    Returns:
        how many were new, and the reason for each that was refused, by its index.
    """
    companies = host_pattern(current_app.config["RECRUITER_HOSTS"])
    return _write_part(events, 0, companies)


def _write_part(events: Sequence[Event], first: int, companies: str) -> tuple[int, dict[int, str]]:
    try:
        return write_events(events, companies), {}
    except (DataError, IntegrityError) as error:
        if len(events) == 1:
            return 0, {first: type(error.orig).__name__}
    # Halves until what is refused stands alone.
    half = len(events) // 2
    written, refused = _write_part(events[:half], first, companies)
    more, others = _write_part(events[half:], first + half, companies)
    return written + more, refused | others


def _write(entries: Sequence[Entry]) -> tuple[int, Mapping[bytes, str]]:
    apart: dict[bytes, str] = {}
    readable: list[tuple[bytes, Event]] = []
    for place, data in entries:
        try:
            readable.append((place, msgspec.json.decode(data, type=Event)))
        except (msgspec.DecodeError, UnicodeDecodeError):
            apart[place] = "unreadable"
    if not readable:
        return 0, apart
    written, refused = write_what_fits([event for _place, event in readable])
    apart |= {readable[index][0]: reason for index, reason in refused.items()}
    return written, apart
