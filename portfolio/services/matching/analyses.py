"""Keeping job analyses: opened by a secret or by the owner, listed, and really deleted."""

import uuid
from typing import Any

from sqlalchemy import delete, func, select

from portfolio.errors import NotFound
from portfolio.extensions import db
from portfolio.models import JobAnalysis, Profile
from portfolio.schemas.job_analysis import JobAnalysisItem
from portfolio.schemas.lists import PageQuery
from portfolio.services.matching.analysing import forget_report
from portfolio.services.matching.analysis_document import describe_analysis, describe_item
from portfolio.services.visitors import forget_before, is_secret_of

MISSING = "There is no such analysis, or this is not its secret."


def open_analysis(number: uuid.UUID, secret: str | None, *, owner: bool = False) -> JobAnalysis:
    """The row of an analysis, for who has its secret.

    Args:
        owner: may open it whatever the secret.

    Raises:
        NotFound: there is no such analysis, or the secret is another's.
    """
    row = db.session.get(JobAnalysis, number, populate_existing=True)
    fits = is_secret_of(row, secret)
    if row is None or not (owner or fits):
        raise NotFound(MISSING)
    return row


def get_analysis(number: uuid.UUID, secret: str | None, *, owner: bool) -> dict[str, Any]:
    """An analysis as it is now.

    Raises:
        NotFound: there is no such analysis, or the secret is another's.
    """
    row = open_analysis(number, secret, owner=owner)
    return describe_analysis(row, slug_of(row))


def slug_of(row: JobAnalysis) -> str:
    """The slug of the profile that an analysis is about."""
    return db.session.scalars(select(Profile.slug).where(Profile.id == row.profile_id)).one()


def list_analyses(query: PageQuery) -> tuple[list[JobAnalysisItem], int]:
    """One page of all analyses, the latest first, and how many there are."""
    total = db.session.scalar(select(func.count(JobAnalysis.id))) or 0
    rows = db.session.execute(
        select(JobAnalysis, Profile.slug)
        .join(Profile, Profile.id == JobAnalysis.profile_id)
        .order_by(JobAnalysis.created_at.desc(), JobAnalysis.id.desc())
        .limit(query.page_size)
        .offset(query.offset)
    )
    return [describe_item(row, slug) for row, slug in rows], total


def delete_analysis(number: uuid.UUID, secret: str | None, *, owner: bool) -> None:
    """Remove an analysis: the description, the report, its link and its copy in the cache.

    Raises:
        NotFound: there is no such analysis, or the secret is another's.
    """
    row = open_analysis(number, secret, owner=owner)
    text, report = row.text, row.report
    remove_analysis(number)
    forget_report(text, report)


def remove_analysis(number: uuid.UUID) -> None:
    """Remove an analysis, if it is there."""
    db.session.execute(delete(JobAnalysis).where(JobAnalysis.id == number))
    db.session.commit()


def forget_analyses(days: int) -> int:
    """Remove analyses that were made so many days ago; how many that were."""
    return forget_before(JobAnalysis.id, JobAnalysis.created_at, days)
