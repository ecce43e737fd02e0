"""The addresses of visits: what visitors' browsers send, and what the owner sees of it."""

from uuid import UUID

from apiflask import APIBlueprint
from flask import url_for

from portfolio.blueprints.examples import visit_examples
from portfolio.blueprints.http.visiting import is_foreign, own_hosts, wants_no_count, who_calls
from portfolio.errors import NotFound
from portfolio.rate_limits import limit_events
from portfolio.schemas.visits import (
    EventsReceipt,
    EventsWrite,
    SessionDetail,
    SessionPage,
    SessionQuery,
)
from portfolio.security import public, require_scope
from portfolio.services.visits import keeping
from portfolio.services.visits.collecting import NOT_COUNTED, collect_events

TAG = {"name": "Visitors", "description": "Who came and what they did, without who they are."}

bp = APIBlueprint("visitors", __name__, url_prefix="/api/v1/visitors", tag=TAG)


@bp.post("/events/")
@public
@limit_events
@bp.input(EventsWrite, examples=visit_examples.EVENTS)
@bp.output(EventsReceipt, status_code=202, example=visit_examples.RECEIPT)
@bp.doc(summary="Send events", responses=[429])
def create_events(json_data: EventsWrite) -> EventsReceipt:
    """What a visitor did, up to 50 things at a time; written a moment later.

    The same JSON may come as `text/plain`, as `navigator.sendBeacon` sends it. The address is kept
    nowhere. With `DNT: 1` or `Sec-GPC: 1` nothing is kept at all, nor of what a page of another
    site sends that `CORS_ORIGINS` does not name. Chats, job matches and messages to the owner are
    noted by the server itself.
    """
    if wants_no_count() or is_foreign():
        return NOT_COUNTED
    return collect_events(json_data.events, who_calls(), own_hosts())


@bp.get("/sessions/")
@require_scope("read")
@bp.input(SessionQuery, location="query")
@bp.output(SessionPage)
@bp.doc(summary="List sessions")
def list_sessions(query_data: SessionQuery) -> SessionPage:
    """What each visitor did on one day, the latest first."""
    items, total = keeping.list_sessions(query_data)
    return SessionPage.of(items, total, url_for("visitors.list_sessions"), query_data)


@bp.get("/sessions/<name:session>/")
@require_scope("read")
@bp.output(SessionDetail, example=visit_examples.SESSION)
@bp.doc(summary="Export a session")
def export_session(session: str) -> SessionDetail:
    """All that is kept of a visitor's day."""
    return keeping.export_session(_number(session))


@bp.delete("/sessions/<name:session>/")
@require_scope("write")
@bp.output({}, status_code=204)
@bp.doc(summary="Erase a session")
def erase_session(session: str) -> tuple[str, int]:
    """With all its events, at once and for good; the sums of its day are computed anew."""
    keeping.erase_session(_number(session))
    return "", 204


def _number(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise NotFound(keeping.MISSING) from None
