"""Tasks that write down visits, pass messages on, and forget both."""

import time
from datetime import UTC, datetime

from celery import shared_task
from flask import current_app

from portfolio.services.visits import contact, draining, keeping, rollups, salts
from portfolio.services.visits.queue import QueueAway

_LONGEST = 20.0
"""Seconds in which a run begins with another part of its work."""


@shared_task(name="portfolio.visitors.write")
def write() -> dict[str, int]:
    """Write the events that wait; those of a failed run are there for the next one."""
    try:
        return draining.write_queued()
    except QueueAway:
        return {}


@shared_task(name="portfolio.visitors.roll_up")
def roll_up() -> dict[str, int] | None:
    """Bring the sums of visits up to date; what takes too long is left to the next run."""
    return rollups.roll_up(longest=_LONGEST)


@shared_task(name="portfolio.visitors.destroy_salts")
def destroy_salts() -> int:
    """Make it impossible to repeat the session ids of days that are over."""
    return salts.destroy_salts(datetime.now(UTC).date())


@shared_task(name="portfolio.visitors.forget")
def forget() -> dict[str, int]:
    """Remove events and sessions after VISITOR_DAYS, and messages after CONTACT_DAYS."""
    forgotten = keeping.forget_visits(current_app.config["VISITOR_DAYS"])
    messages = keeping.forget_messages(current_app.config["CONTACT_DAYS"])
    return {**forgotten, "messages": messages}


@shared_task(name="portfolio.visitors.send_messages")
def send_messages() -> dict[str, int]:
    """Send messages to the webhook, those too that it did not take before."""
    webhook = current_app.config["CONTACT_WEBHOOK"]
    if not webhook:
        return {}
    timeout = current_app.config["CONTACT_WEBHOOK_TIMEOUT"]
    sent, end = 0, time.monotonic() + _LONGEST
    for number in contact.find_unsent():
        if time.monotonic() > end:
            break
        sent += contact.send_message(number, webhook, timeout)
    return {"sent": sent}
