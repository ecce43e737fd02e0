"""Filling the cache before anyone asks, and renewing what is about to expire."""

from collections.abc import Iterator
from contextlib import nullcontext
from typing import Any

from sqlalchemy import select

from portfolio.caching.flask_adapter import refreshing, renew, visit
from portfolio.extensions import db
from portfolio.models.profile import Profile
from portfolio.models.project import Project
from portfolio.services.chat.statistics import question_statistics
from portfolio.services.overview import overview
from portfolio.services.statistics import project_statistics
from portfolio.services.visits.statistics import (
    visitor_engagement,
    visitor_funnel,
    visitor_statistics,
)
from portfolio.vocabulary import Visibility

ENTRY_POINTS = (
    "/",
    "/api/v1/profiles/",
    "/api/v1/projects/",
    "/api/v1/projects/featured/",
    "/api/v1/projects/stats/",
)
VISITORS_PATHS = ("/api/v1/job-analyses/stats/", "/api/v1/conversations/stats/")
"""Statistics of what visitors leave behind that everybody may see."""
DETAIL_LIMIT = 200
"""Most details that are warmed of profiles and of projects; what is asked for fills the rest."""


def list_hot_paths() -> list[str]:
    """The paths worth having ready: the entry points, then public profiles and projects."""
    profiles = _public_slugs()
    projects = db.session.scalars(
        select(Project.slug)
        .join(Profile, Profile.id == Project.profile_id)
        .where(Project.visibility == Visibility.PUBLIC, Profile.visibility == Visibility.PUBLIC)
        .order_by(Project.featured.desc(), Project.sort_order, Project.id)
        .limit(DETAIL_LIMIT)
    )
    details = [f"/api/v1/profiles/{slug}/" for slug in profiles]
    return [*ENTRY_POINTS, *details, *(f"/api/v1/projects/{slug}/" for slug in projects)]


def warm_paths(paths: list[str], *, force: bool = False) -> Iterator[tuple[str, int]]:
    """Visit each path; yields it with its status. With `force` valid entries are renewed too."""
    with refreshing() if force else nullcontext():
        for path in paths:
            yield path, visit(path)


def warm_hot_endpoints(*, force: bool = False) -> dict[str, Any]:
    """Warm every hot path; how many there were and which failed, with their status."""
    statuses = dict(warm_paths(list_hot_paths(), force=force))
    failed = {path: status for path, status in statuses.items() if status != 200}
    return {"warmed": len(statuses) - len(failed), "failed": failed}


def refresh_statistics() -> dict[str, int]:
    """Compute the statistics of everything and of each public profile anew."""
    scopes: list[str | None] = [None, *_public_slugs()]
    with refreshing():
        for profile in scopes:
            project_statistics(profile=profile)
    return {"refreshed": len(scopes)}


def refresh_visits() -> dict[str, int]:
    """Compute the usual statistics of what visitors do anew."""
    statistics = (
        *(visitor_statistics, visitor_engagement, visitor_funnel),
        *(question_statistics, overview),
    )
    with refreshing():
        for compute in statistics:
            compute()
        failed = [path for path in VISITORS_PATHS if visit(path) != 200]
    return {"refreshed": len(statistics) + len(VISITORS_PATHS) - len(failed)}


def renew_entry(policy: str, arguments: dict[str, Any]) -> None:
    """Compute a cached entry unless it is fresh.

    Raises:
        PolicyError: nothing is cached under that policy.
    """
    renew(policy, arguments)


def _public_slugs() -> list[str]:
    slugs = select(Profile.slug).where(Profile.visibility == Visibility.PUBLIC)
    return list(db.session.scalars(slugs.order_by(Profile.slug).limit(DETAIL_LIMIT)))
