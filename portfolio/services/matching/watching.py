"""How far an analysis is, told while it changes."""

import time
import uuid
from collections.abc import Iterator
from typing import Any

from portfolio.extensions import db
from portfolio.services.matching.analyses import get_analysis
from portfolio.vocabulary import JobState

LONGEST = 60.0
"""Seconds for which one caller is told; who wants to know more asks again."""
_PAUSE = 0.2
_REPEATED = 5.0
"""Seconds after which a state is told again, so that it is noticed when nobody listens."""

Event = tuple[str, dict[str, Any]]


def watch_analysis(number: uuid.UUID, secret: str | None, *, owner: bool) -> Iterator[Event]:
    """`status` at each change, and in the end `done` or `failed` with the whole document.

    Raises:
        NotFound: there is no such analysis, or the secret is another's.
    """
    document = get_analysis(number, secret, owner=owner)
    return _events(number, secret, owner, document)


def _events(
    number: uuid.UUID, secret: str | None, owner: bool, document: dict[str, Any]
) -> Iterator[Event]:
    begun = told_at = time.monotonic()
    told = ""
    while time.monotonic() - begun < LONGEST:
        status = document["status"]
        if status != told or time.monotonic() - told_at >= _REPEATED:
            told, told_at = status, time.monotonic()
            yield "status", {"status": status}
        if status in (JobState.DONE, JobState.FAILED):
            yield status, document
            return
        db.session.commit()  # no connection is held while nothing happens
        time.sleep(_PAUSE)
        document = get_analysis(number, secret, owner=owner)
