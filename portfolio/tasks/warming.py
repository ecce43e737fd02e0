"""Tasks that fill the cache before anyone asks."""

from collections.abc import Mapping
from typing import Any

from celery import shared_task
from celery.signals import worker_ready

from portfolio.caching.refresh import AGAIN
from portfolio.extensions import enqueue
from portfolio.services import warming


@shared_task(name="portfolio.warming.warm")
def warm(force: bool = False) -> dict[str, Any]:
    """Warm the hot endpoints; with `force` although they are cached."""
    return warming.warm_hot_endpoints(force=force)


@shared_task(name="portfolio.warming.renew")
def renew(policy: str, arguments: dict[str, Any]) -> None:
    """Compute an expired entry anew; one that is fresh by now is left alone."""
    warming.renew_entry(policy, arguments)


def send_renewal(policy: str, arguments: Mapping[str, Any]) -> bool:
    """Ask a worker to compute an entry anew, soon or not at all; False when none can be asked."""
    return enqueue(
        "portfolio.warming.renew", expires=AGAIN, policy=policy, arguments=dict(arguments)
    )


@worker_ready.connect
def warm_at_start(**_worker: Any) -> None:
    """The first visitor after a start finds a warm cache."""
    enqueue("portfolio.warming.warm")
