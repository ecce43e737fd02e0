"""Who sends a request, as far as visits are concerned, and events that the server notes itself."""

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar
from urllib.parse import urlsplit

from flask import current_app, make_response, request

from portfolio.database_errors import DATABASE_ERRORS, is_unavailable
from portfolio.rate_limits import find_client, is_trusted
from portfolio.schemas.visits import EventWrite
from portfolio.security import may_read_private
from portfolio.services.visits.collecting import collect_events
from portfolio.services.visits.recognising import Caller
from portfolio.vocabulary import EventKind

ViewT = TypeVar("ViewT", bound=Callable[..., Any])

logger = logging.getLogger(__name__)


def wants_no_count() -> bool:
    """Whether the browser says that its user is not to be tracked (DNT, GPC)."""
    return request.headers.get("DNT") == "1" or request.headers.get("Sec-GPC") == "1"


def is_foreign() -> bool:
    """Whether the browser says that a page of another site sends this, and not one of ours."""
    foreign = request.headers.get("Sec-Fetch-Site") == "cross-site"
    return foreign and request.headers.get("Origin") not in current_app.config["CORS_ORIGINS"]


def who_calls() -> Caller:
    """What the request tells of who sends it."""
    config = current_app.config
    peer, header = request.remote_addr or "", config["COUNTRY_HEADER"]
    believed = bool(header) and is_trusted(peer, config["TRUSTED_PROXIES"])
    return Caller(
        address=find_client(
            peer, request.headers.getlist("X-Forwarded-For"), config["TRUSTED_PROXIES"]
        ),
        host=request.host.lower(),
        agent=request.headers.get("User-Agent", ""),
        country=request.headers.get(header) if believed else None,
    )


def own_hosts() -> frozenset[str]:
    """Names of this site: from there nobody comes anew."""
    config = current_app.config
    sites = [f"//{request.host}", config["PUBLIC_URL"], *config["CORS_ORIGINS"]]
    hosts = (urlsplit(site).hostname or "" for site in sites)
    return frozenset(host.removeprefix("www.") for host in hosts if host)


def notes(kind: EventKind) -> Callable[[ViewT], ViewT]:
    """Note an event when the view has made something: it has answered with 201 or 202."""

    def decorate(view: ViewT) -> ViewT:
        @wraps(view)
        def noted(*args: Any, **kwargs: Any) -> Any:
            response = make_response(view(*args, **kwargs))
            if response.status_code in (201, 202):
                note_event(kind)
            return response

        return noted  # type: ignore[return-value]

    return decorate


def note_event(kind: EventKind) -> None:
    """Note what the visitor who sends this request has done; the owner's own doings are none.

    What the visitor asked for does not fail because it cannot be counted.
    """
    if wants_no_count() or may_read_private():
        return
    try:
        collect_events([EventWrite(kind=kind)], who_calls(), own_hosts())
    except DATABASE_ERRORS as error:
        if not is_unavailable(error):
            raise
        logger.warning("not counted: %s: %s", kind, type(error).__name__)
