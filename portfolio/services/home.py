"""What the pages at / and /match/ show of a public profile."""

from typing import Any

from portfolio.schemas.lists import PAGE_SIZE_LIMIT, PageQuery
from portfolio.schemas.profile import ProfileSummary
from portfolio.schemas.project import FeaturedQuery, ProjectQuery
from portfolio.services.content.profiles import list_profiles
from portfolio.services.content.projects import list_featured_projects, list_projects


def find_shown_profile() -> ProfileSummary | None:
    """The default profile if it is public, else the first that is."""
    profiles, _total = list_profiles(PageQuery(page_size=1), private=False)
    return profiles[0] if profiles else None


def describe_home() -> dict[str, Any]:
    """The default profile if it is public, else the first that is, with its projects.

    `profile` is None when nothing is published. `more` counts the projects that the page has no
    room for: it shows a hundred featured ones and a hundred others.
    """
    profile = find_shown_profile()
    if profile is None:
        return {"profile": None, "featured": [], "others": [], "more": 0}
    slug, size = profile.slug, PAGE_SIZE_LIMIT
    featured, featured_total = list_featured_projects(
        FeaturedQuery(profile=slug, page_size=size), private=False
    )
    others, others_total = list_projects(
        ProjectQuery(profile=slug, featured=False, page_size=size), private=False
    )
    return {
        "profile": profile.model_dump(mode="json"),
        "featured": [project.model_dump(mode="json") for project in featured],
        "others": [project.model_dump(mode="json") for project in others],
        "more": featured_total - len(featured) + others_total - len(others),
    }
