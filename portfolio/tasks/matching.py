"""Tasks that make match reports for which nobody waits."""

from uuid import UUID

from celery import shared_task

from portfolio.extensions import enqueue
from portfolio.services.matching import making

ANALYSE = "portfolio.matching.analyse"


@shared_task(name=ANALYSE)
def analyse(analysis: str) -> bool:
    """Make the report of one analysis, unless it is made or being made."""
    return making.run_analysis(UUID(analysis))


@shared_task(name="portfolio.matching.resume")
def resume() -> dict[str, int]:
    """Hand over again what should have been made by now."""
    lost = making.find_open_analyses()
    for number in lost:
        enqueue(ANALYSE, expires=60, analysis=str(number))
    return {"analyses": len(lost)}
