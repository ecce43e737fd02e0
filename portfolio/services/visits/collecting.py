"""Taking events in: they wait in Redis for a worker, or are written at once if they cannot."""

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

NOT_COUNTED = EventsReceipt(accepted=0, session=None)
"""For who does not want to be counted."""


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
    _keep([_event(each, visitor, own_hosts, now) for each in told])
    return EventsReceipt(accepted=len(told), session=visitor.session)


def _keep(events: Sequence[Event]) -> None:
    queue = event_queue()
    try:
        if queue.put([encode_json(event) for event in events]):
            return
        queue.count("overflow", len(events))
    except QueueAway:
        queue.count("direct", len(events))
    try:
        write_what_fits(events)
    except DATABASE_ERRORS:
        queue.count("refused", len(events))
        raise


def _event(told: EventWrite, visitor: Visitor, own_hosts: frozenset[str], now: datetime) -> Event:
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    at = max(midnight, now - timedelta(milliseconds=told.age_ms))
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
    except ValueError:
        return None
    usable = parts.scheme in ("http", "https") and 0 < len(host) <= HOST_LENGTH
    return host if usable else None
