"""Tasks that fill the cache before anyone asks."""

from typing import Any

from celery import shared_task
from celery.signals import worker_ready

from portfolio.extensions import enqueue
from portfolio.services import warming


@shared_task(name="portfolio.warming.warm")
def warm(force: bool = False) -> dict[str, Any]:
    """Warm the hot endpoints; with `force` although they are cached."""
    return warming.warm_hot_endpoints(force=force)


@worker_ready.connect
def warm_at_start(**_worker: Any) -> None:
    """The first visitor after a start finds a warm cache."""
    enqueue("portfolio.warming.warm")
