"""Tasks that keep the house clean."""

from celery import shared_task

from portfolio.services import cache_admin


@shared_task(name="portfolio.maintenance.clean_cache")
def clean_cache() -> dict[str, int]:
    """Remove cache entries that nothing would read any more."""
    return cache_admin.clean_cache()
