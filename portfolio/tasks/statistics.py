"""Tasks that keep business numbers ready."""

from celery import shared_task

from portfolio.services import warming


@shared_task(name="portfolio.statistics.refresh")
def refresh() -> dict[str, int]:
    """Compute all statistics anew before they expire."""
    return warming.refresh_statistics()


@shared_task(name="portfolio.statistics.refresh_visits")
def refresh_visits() -> dict[str, int]:
    """Compute the usual statistics of visitors anew before they expire."""
    return warming.refresh_visits()
