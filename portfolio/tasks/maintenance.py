"""Tasks that keep the house clean."""

from celery import shared_task
from flask import current_app

from portfolio.services import cache_admin, history
from portfolio.services.chat import conversations
from portfolio.services.images import image_cleaning
from portfolio.services.matching import analyses


@shared_task(name="portfolio.maintenance.clean_cache")
def clean_cache() -> dict[str, int]:
    """Remove cache entries that nothing would read any more."""
    return cache_admin.clean_cache()


@shared_task(name="portfolio.maintenance.trim_history")
def trim_history() -> int:
    """Forget changes that are older than HISTORY_DAYS."""
    return history.trim_history(current_app.config["HISTORY_DAYS"])


@shared_task(name="portfolio.maintenance.forget_conversations")
def forget_conversations() -> int:
    """Remove conversations that have not been used for CONVERSATION_DAYS."""
    return conversations.forget_conversations(current_app.config["CONVERSATION_DAYS"])


@shared_task(name="portfolio.maintenance.forget_analyses")
def forget_analyses() -> int:
    """Remove job descriptions and their reports after JOB_ANALYSIS_DAYS."""
    return analyses.forget_analyses(current_app.config["JOB_ANALYSIS_DAYS"])


@shared_task(name="portfolio.maintenance.clean_images")
def clean_images() -> dict[str, int]:
    """Remove files that no image names any more."""
    return {"removed": image_cleaning.clean_images()}
