"""Reading the history of content, and forgetting what is old. Triggers write it."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import ColumnElement, delete, func, select

from portfolio.extensions import db
from portfolio.models import Change
from portfolio.schemas.history import ChangeItem, HistoryQuery, RowsQuery
from portfolio.services.content.profiles import find_profile
from portfolio.services.content.projects import get_project

_TRIMMED_AT_ONCE = 10_000


def list_history(query: HistoryQuery) -> tuple[list[ChangeItem], int]:
    """One page of all changes, the newest first, and how many there are."""
    if query.profile_id is None:
        return _page(query)
    return _page(query, Change.profile_id == query.profile_id)


def list_profile_history(slug: str, query: RowsQuery) -> tuple[list[ChangeItem], int]:
    """One page of the changes of a profile, its sections and its projects.

    Raises:
        NotFound: there is no such profile.
    """
    return _page(query, Change.profile_id == find_profile(slug, private=True).id)


def list_project_history(ref: str, query: RowsQuery) -> tuple[list[ChangeItem], int]:
    """One page of the changes of a project and what belongs to it.

    Raises:
        NotFound: there is no such project.
    """
    return _page(query, Change.project_id == get_project(ref, private=True).id)


def trim_history(days: int) -> int:
    """Forget what is older than so many days; how many changes that were."""
    before = datetime.now(UTC) - timedelta(days=days)
    trimmed = 0
    while True:
        old = select(Change.id).where(Change.at < before).limit(_TRIMMED_AT_ONCE)
        gone = db.session.scalars(delete(Change).where(Change.id.in_(old)).returning(Change.id))
        count = len(gone.all())
        db.session.commit()
        trimmed += count
        if count < _TRIMMED_AT_ONCE:
            return trimmed


def _page(query: RowsQuery, *conditions: ColumnElement[bool]) -> tuple[list[ChangeItem], int]:
    wanted = query.model_dump(include={"entity", "row_id"}, exclude_none=True)
    statement = select(Change).where(*conditions).filter_by(**wanted)
    total = db.session.scalar(statement.with_only_columns(func.count(Change.id))) or 0
    if query.offset >= total:
        return [], total
    rows = db.session.scalars(
        statement.order_by(Change.at.desc(), Change.id.desc())
        .limit(query.page_size)
        .offset(query.offset)
    )
    return [ChangeItem.model_validate(row) for row in rows], total
