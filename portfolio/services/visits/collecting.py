"""Taking events in: they wait in Redis for a worker, or are written at once if they cannot."""

import re
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit
from uuid import uuid4

from portfolio.database_errors import DATABASE_ERRORS
from portfolio.schemas.json_text import encode_json
from portfolio.schemas.visits import EventsReceipt, EventWrite
from portfolio.services.visits.draining import write_what_fits
from portfolio.services.visits.queue import QueueAway, event_queue
from portfolio.services.visits.recognising import Caller, Visitor, recognise
from portfolio.services.visits.writing import Event
from portfolio.vocabulary import HOST_LENGTH, EventKind

_HOST = re.compile(r"[a-z0-9_-]+(?:\.[a-z0-9_-]+)*|[0-9a-f:.]*:[0-9a-f:.]*")
NOT_COUNTED = EventsReceipt(accepted=0, session=None)
"""For who does not want to be counted, or may not be."""


def collect_events(
    told: Sequence[EventWrite],
    caller: Caller,
    own_hosts: frozenset[str] = frozenset(),
    now: datetime | None = None,
) -> EventsReceipt:
    """Take in what a visitor did.

    Args:
        own_hosts: names of this site, from which nobody comes anew.

    Raises:
        DBAPIError: they can neither wait nor be written; none of them counts.
    """
    now = now or datetime.now(UTC)
    visitor = recognise(caller, now)
    # Of several that happened at once, what stands first came first.
    moments = _moments_of(told, now)
    events = [_event(each, at, visitor, own_hosts) for each, at in zip(told, moments, strict=True)]
    _keep(events)
    different = len({event["event_id"] for event in events})
    return EventsReceipt(accepted=different, session=visitor.session)


def _keep(events: Sequence[Event]) -> None:
    queue = event_queue()
    way, void_from = "overflow", 0.0
    try:
        if queue.put([encode_json(event) for event in events]):
            return
    except QueueAway as away:
        way, void_from = "direct", away.void_from
    try:
        write_what_fits(events)
    except DATABASE_ERRORS:
        queue.count("refused", len(events))
        # Who is told that nothing counts sends it again: until then nothing may come of this.
        time.sleep(max(0.0, void_from - time.monotonic()))
        raise
    queue.count(way, len(events))


def _moments_of(told: Sequence[EventWrite], now: datetime) -> list[datetime]:
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    begun = now - timedelta(microseconds=len(told))
    return [
        max(midnight, begun - timedelta(milliseconds=each.age_ms)) + timedelta(microseconds=place)
        for place, each in enumerate(told)
    ]


def _event(told: EventWrite, at: datetime, visitor: Visitor, own_hosts: frozenset[str]) -> Event:
    host = _host_of(told.referrer or "")
    agent = visitor.agent
    return Event(
        event_id=str(told.id or uuid4()),
        kind=told.kind,
        at=at.isoformat(),
        session_id=str(visitor.session),
        path=told.path,
        project=told.project,
        profile=told.profile,
        is_entrance=told.kind is EventKind.PAGE_VIEW and host not in own_hosts,
        duration_ms=told.duration_ms,
        referrer_host=None if host in own_hosts else host,
        utm_source=told.utm_source or None,
        utm_medium=told.utm_medium or None,
        utm_campaign=told.utm_campaign or None,
        utm_term=told.utm_term or None,
        utm_content=told.utm_content or None,
        device=agent.device,
        browser=agent.browser,
        system=agent.system,
        country=visitor.country,
        is_bot=agent.is_bot,
    )


def _host_of(address: str) -> str | None:
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").removeprefix("www.").rstrip(".")
        if not host.isascii():
            host = host.encode("idna").decode().lower()
    except ValueError:
        return None
    usable = parts.scheme in ("http", "https") and len(host) <= HOST_LENGTH
    return host if usable and _HOST.fullmatch(host) else None
