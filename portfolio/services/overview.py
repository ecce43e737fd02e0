"""All statistics at a glance, each from where it is told in full."""

from typing import Any

from sqlalchemy import func, select

from portfolio.cache_policy import OVERVIEW
from portfolio.caching.flask_adapter import cache_statistics
from portfolio.extensions import db
from portfolio.models import ContactMessage
from portfolio.schemas.overview import (
    ConversationsGlance,
    JobsGlance,
    Overview,
    ProjectsGlance,
    VisitsGlance,
)
from portfolio.services.chat.statistics import conversation_statistics
from portfolio.services.matching.figures import job_statistics
from portfolio.services.periods import Period, choose_period
from portfolio.services.statistics import project_statistics
from portfolio.services.visits.real_time import real_time_visits
from portfolio.services.visits.statistics import visitor_engagement, visitor_statistics


@cache_statistics(OVERVIEW)
def overview(
    *,
    days: int | None = None,
    first: str | None = None,
    last: str | None = None,
    zone: str | None = None,
) -> dict[str, Any]:
    """The first number of each kind, in the shape of the schema."""
    asked: dict[str, Any] = {"days": days, "first": first, "last": last, "zone": zone}
    period = choose_period(**asked)
    projects = project_statistics(profile=None)
    told = Overview(
        **period.told(),
        visitors=_visitors(asked),
        conversations=ConversationsGlance.model_validate(
            conversation_statistics(**asked), from_attributes=True
        ),
        job_analyses=JobsGlance.model_validate(job_statistics(period), from_attributes=True),
        projects=ProjectsGlance(total=projects["total"], featured=projects["featured"]),
        contact_messages=_count_messages(period),
    )
    return told.model_dump(mode="json")


def _visitors(asked: dict[str, Any]) -> VisitsGlance:
    told = visitor_statistics(**asked)
    return VisitsGlance(
        now=real_time_visits()["visitors"],
        engagement=visitor_engagement(**asked)["score"],
        **{
            name: told[name]
            for name in ("visitor_days", "visits", "page_views", "bounce_rate", "recruiters")
        },
    )


def _count_messages(period: Period) -> int:
    at = ContactMessage.created_at
    written = select(func.count(ContactMessage.id)).where(at >= period.begin, at < period.end)
    return db.session.scalar(written) or 0
