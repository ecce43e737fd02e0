"""Links that show a report to whoever has them, for a time."""

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import func, select

from portfolio.errors import Conflict, NotFound
from portfolio.extensions import db
from portfolio.models import JobAnalysis, Profile
from portfolio.services.matching.analyses import open_analysis
from portfolio.services.matching.analysis_document import describe_analysis
from portfolio.services.visitors import new_secret
from portfolio.vocabulary import JobState, Visibility


def share_analysis(
    number: uuid.UUID, secret: str | None, *, owner: bool, days: int, kept: int
) -> tuple[str, datetime]:
    """The word of a new link and when it ends; one that was made before works no more.

    Args:
        kept: days after which the analysis is removed, and its link with it.

    Raises:
        NotFound: there is no such analysis, or the secret is another's.
        Conflict: it is not done, or was made with drafts.
    """
    row = open_analysis(number, secret, owner=owner)
    if row.status != JobState.DONE:
        raise Conflict("There is no report yet.")
    if row.private:
        raise Conflict("The report was made with drafts, which nobody else may see.")
    word = new_secret()
    removed_at = row.created_at + timedelta(days=kept)
    expires_at = min(datetime.now(UTC) + timedelta(days=days), removed_at)
    row.share_hash, row.share_expires_at = JobAnalysis.hash(word), expires_at
    db.session.commit()
    return word, expires_at


def unshare_analysis(number: uuid.UUID, secret: str | None, *, owner: bool) -> None:
    """Let the link of an analysis work no more, if it has one.

    Raises:
        NotFound: there is no such analysis, or the secret is another's.
    """
    row = open_analysis(number, secret, owner=owner)
    row.share_hash = row.share_expires_at = None
    db.session.commit()


def find_shared(word: str) -> dict[str, Any]:
    """The analysis that a link shows.

    Raises:
        NotFound: it shows none, or none any more.
    """
    found = db.session.execute(
        select(JobAnalysis, Profile.slug)
        .join(Profile, Profile.id == JobAnalysis.profile_id)
        .where(
            JobAnalysis.share_hash == JobAnalysis.hash(word),
            JobAnalysis.share_expires_at > func.now(),
            Profile.visibility != Visibility.DRAFT,
        )
    ).one_or_none()
    if found is None:
        raise NotFound("This link shows nothing, or nothing any more.")
    return describe_analysis(*found)
