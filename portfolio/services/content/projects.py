"""Reading projects: lists, featured ones and one by its id or slug."""

import re
import uuid
from typing import Any

from sqlalchemy import ColumnElement, Select, Text, and_, func, or_, select
from sqlalchemy.dialects.postgresql import ARRAY, array
from sqlalchemy.orm import (
    InstrumentedAttribute,
    contains_eager,
    defer,
    joinedload,
    selectinload,
)

from portfolio.errors import NotFound
from portfolio.extensions import db
from portfolio.models import Profile, Project
from portfolio.schemas.lists import PageQuery
from portfolio.schemas.project import (
    FeaturedQuery,
    ProjectDetail,
    ProjectOrdering,
    ProjectQuery,
    ProjectSummary,
)
from portfolio.vocabulary import SLUG_LENGTH, SLUG_PATTERN, UUID_PATTERN, Visibility

_WORDS = ARRAY(Text)
_DETAILS_ONLY = (
    Project.description,
    Project.achievements,
    Project.challenges,
    Project.learnings,
)
_ORDER_COLUMNS: dict[str, InstrumentedAttribute[Any]] = {
    name: getattr(Project, name) for name in ProjectOrdering if not name.startswith("-")
}


def list_projects(query: ProjectQuery, *, private: bool) -> tuple[list[ProjectSummary], int]:
    """One page of the projects that meet every condition, and how many there are in all.

    Args:
        private: drafts and unlisted projects too.
    """
    statement = _listed(private)
    for condition in _conditions(query):
        statement = statement.where(condition)
    return _page(statement, query, query.ordering)


def list_featured_projects(
    query: FeaturedQuery, *, private: bool
) -> tuple[list[ProjectSummary], int]:
    """One page of the featured projects, and how many there are in all."""
    statement = _listed(private).where(Project.featured)
    if query.profile is not None:
        statement = statement.where(Profile.slug == query.profile)
    return _page(statement, query, ProjectOrdering.SORT_ORDER)


def get_project(ref: str, *, private: bool) -> ProjectDetail:
    """A project by its id or slug.

    Raises:
        NotFound: there is none, or it or its profile is a draft and `private` is not set.
    """
    statement = with_images(select_project(ref))
    if not private:
        statement = statement.where(is_reachable())
    project = db.session.scalar(statement)
    if project is None:
        raise NotFound("There is no such project.")
    return ProjectDetail.model_validate(project)


def select_project(ref: str) -> Select[Project]:
    """The query for a project, with its profile, by id or slug.

    Raises:
        NotFound: `ref` can be neither.
    """
    statement = select(Project).join(Project.profile).options(contains_eager(Project.profile))
    if re.fullmatch(UUID_PATTERN, ref):
        return statement.where(Project.id == uuid.UUID(ref))
    if len(ref) <= SLUG_LENGTH and re.fullmatch(SLUG_PATTERN, ref):
        return statement.where(Project.slug == ref)
    raise NotFound("There is no such project.")


def with_images(statement: Select[Project]) -> Select[Project]:
    """The query with all that a detail tells of images."""
    return statement.options(joinedload(Project.image), selectinload(Project.images))


def is_reachable() -> ColumnElement[bool]:
    """Whoever has the address may see it: neither the project nor its profile is a draft."""
    return and_(
        Project.visibility != Visibility.DRAFT,
        Profile.visibility != Visibility.DRAFT,
    )


def is_listed() -> ColumnElement[bool]:
    """It stands in public lists: the project and its profile are public."""
    return and_(
        Project.visibility == Visibility.PUBLIC,
        Profile.visibility == Visibility.PUBLIC,
    )


def _listed(private: bool) -> Select[Project]:
    statement = select(Project).join(Project.profile)
    return statement if private else statement.where(is_listed())


def _conditions(query: ProjectQuery) -> list[ColumnElement[bool]]:
    wanted: list[ColumnElement[bool]] = []
    if query.profile is not None:
        wanted.append(Profile.slug == query.profile)
    if query.featured is not None:
        wanted.append(Project.featured.is_(query.featured))
    if query.open_source is not None:
        wanted.append(Project.open_source.is_(query.open_source))
    if query.status is not None:
        wanted.append(Project.status == query.status)
    if query.difficulty is not None:
        wanted.append(Project.difficulty == query.difficulty)
    if query.technology:
        # Both sides go through the function of the index, so that they agree on lower case.
        words = func.lower_all(array(query.technology, type_=Text), type_=_WORDS)
        wanted.append(func.lower_all(Project.technologies, type_=_WORDS).contains(words))
    wanted.extend(_mentions(word) for word in query.search.split())
    return wanted


def _mentions(word: str) -> ColumnElement[bool]:
    places = (
        Project.title,
        Project.summary,
        Project.description,
        func.array_to_string(Project.technologies, " ", type_=Text),
    )
    return or_(*(place.icontains(word, autoescape=True) for place in places))


def _page(
    statement: Select[Project], query: PageQuery, ordering: ProjectOrdering
) -> tuple[list[ProjectSummary], int]:
    total = db.session.scalar(statement.with_only_columns(func.count(Project.id))) or 0
    if query.offset >= total:
        return [], total
    column = _ORDER_COLUMNS[ordering.removeprefix("-")]
    direction = column.desc() if ordering.startswith("-") else column.asc()
    rows = db.session.scalars(
        statement.options(
            contains_eager(Project.profile).load_only(Profile.slug, Profile.name, raiseload=True),
            joinedload(Project.image),
            *(defer(column, raiseload=True) for column in _DETAILS_ONLY),
        )
        .order_by(direction.nulls_last(), Project.id)
        .limit(query.page_size)
        .offset(query.offset)
    )
    return [ProjectSummary.model_validate(row) for row in rows], total
