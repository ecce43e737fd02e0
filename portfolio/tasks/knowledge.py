"""Tasks that keep the portfolio's text embedded."""

from uuid import UUID

from celery import shared_task

from portfolio.extensions import enqueue
from portfolio.services.knowledge import indexing, jobs

LONGEST = 1800.0
"""Seconds that one job may take. Should the queue start it again meanwhile, the second one finds
that somebody does it."""


@shared_task(name="portfolio.knowledge.plan")
def plan() -> dict[str, int]:
    """Have everything embedded that has changed, and what could not be embedded before."""
    planned = jobs.plan_jobs()
    for job in planned:
        enqueue("portfolio.knowledge.index", expires=60, job=str(job))
    return {"jobs": len(planned)}


@shared_task(name="portfolio.knowledge.index", time_limit=LONGEST)
def index(job: str) -> bool:
    """Do one job, and look whether something has changed meanwhile."""
    done = indexing.run_job(UUID(job))
    if done:
        enqueue("portfolio.knowledge.plan", expires=60)
    return done


@shared_task(name="portfolio.knowledge.clean")
def clean() -> dict[str, int]:
    """Remove embeddings that nothing has used for a month."""
    return jobs.clean_knowledge()
