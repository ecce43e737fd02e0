"""The address at which visitors write to the owner."""

from apiflask import APIBlueprint
from flask import url_for

from portfolio.blueprints.examples import visit_examples
from portfolio.blueprints.http.visiting import note_event
from portfolio.extensions import enqueue
from portfolio.rate_limits import limit_contact
from portfolio.schemas.contact import ContactPage, ContactReceipt, ContactWrite
from portfolio.schemas.lists import PageQuery
from portfolio.security import public, require_scope
from portfolio.services.visits import contact
from portfolio.vocabulary import EventKind

TAG = {"name": "Contact", "description": "Messages to the owner."}

bp = APIBlueprint("contact", __name__, url_prefix="/api/v1/contact", tag=TAG)


@bp.post("/")
@public
@limit_contact
@bp.input(ContactWrite, examples=visit_examples.MESSAGE)
@bp.output(ContactReceipt, status_code=202)
@bp.doc(summary="Write to the owner", responses=[429])
def create_contact_message(json_data: ContactWrite) -> ContactReceipt:
    """Kept for the owner, and sent to the owner's webhook if there is one."""
    kept = contact.keep_message(json_data)
    if kept is not None:
        # Should the queue be away, the next round finds it.
        enqueue("portfolio.visitors.send_messages", expires=60)
        note_event(EventKind.CONTACT)
    return ContactReceipt(accepted=True)


@bp.get("/")
@require_scope("read")
@bp.input(PageQuery, location="query")
@bp.output(ContactPage)
@bp.doc(summary="List messages to the owner")
def list_contact_messages(query_data: PageQuery) -> ContactPage:
    """The latest first."""
    items, total = contact.list_messages(query_data)
    return ContactPage.of(items, total, url_for("contact.list_contact_messages"), query_data)
