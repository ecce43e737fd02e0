"""Tasks that keep the house clean."""

from celery import shared_task
from flask import current_app

from portfolio.services import cache_admin, history


@shared_task(name="portfolio.maintenance.clean_cache")
def clean_cache() -> dict[str, int]:
    """Remove cache entries that nothing would read any more."""
    return cache_admin.clean_cache()


@shared_task(name="portfolio.maintenance.trim_history")
def trim_history() -> int:
    """Forget changes that are older than HISTORY_DAYS."""
    return history.trim_history(current_app.config["HISTORY_DAYS"])
