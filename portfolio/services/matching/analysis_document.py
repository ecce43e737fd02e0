"""An analysis as it is answered: what is known of it, and its report as it was made."""

from typing import Any

from pydantic import BaseModel, Field

from portfolio.ai.matching.comparison import Comparison
from portfolio.ai.matching.report import (
    Asked,
    Job,
    Match,
    Recommendation,
    Related,
    Scores,
    Strength,
    Versions,
)
from portfolio.models import JobAnalysis
from portfolio.schemas.chat import CacheUse
from portfolio.schemas.job_analysis import JobAnalysisItem

_EMPTY: dict[str, Any] = {
    "job": None,
    "requirements": [],
    "matched": [],
    "partial": [],
    "related": [],
    "missing": [],
    "unjudged": [],
    "left_out": 0,
    "comparison": None,
    "scores": None,
    "strengths": [],
    "recommendations": [],
    "sources": [],
    "versions": None,
}


class CitedSource(BaseModel):
    """A document of the portfolio that evidence is quoted from."""

    source_type: str
    source_id: str
    title: str
    url: str = Field(description="Address of the document, relative to the server's root.")


class JobAnalysisDetail(JobAnalysisItem):
    """An analysis with its report, of which all parts are null or empty until it is done.

    Offsets count Unicode code points, in `text` and, in citations, in the field that `field`, a
    JSON Pointer, leads to.
    """

    access_token: str | None = Field(
        description="Secret of a new analysis, told this once; null otherwise."
    )
    text: str = Field(description="The description as it is kept: all offsets count in it.")
    summary: str | None = Field(
        description="The report in a language model's words, each sentence checked against it; "
        "null unless the server is set up for it. Nothing else depends on it."
    )
    job: Job | None
    requirements: list[Asked]
    matched: list[Match]
    partial: list[Match]
    related: list[Related]
    missing: list[Match]
    unjudged: list[Asked] = Field(description="What neither text can show.")
    left_out: int = Field(
        description="How many requirements, of too many, are not in the report or not with all "
        "their skills; nothing of them is scored."
    )
    comparison: Comparison | None
    scores: Scores | None
    strengths: list[Strength]
    recommendations: list[Recommendation]
    sources: list[CitedSource] = Field(description="What evidence is quoted from.")
    versions: Versions | None = Field(description="What the report was made from.")
    cache: CacheUse | None = Field(description="Of a report that was made for this answer.")


def describe_item(row: JobAnalysis, slug: str) -> JobAnalysisItem:
    """What the owner's list has of an analysis."""
    return JobAnalysisItem(
        id=row.id,
        status=row.status,
        reason=row.reason,
        profile=slug,
        source=row.source,
        title=row.title,
        company=row.company,
        overall=row.overall,
        rerun_of=row.rerun_of,
        shared_until=row.share_expires_at,
        created_at=row.created_at,
        finished_at=row.finished_at,
    )


def describe_analysis(
    row: JobAnalysis, slug: str, *, secret: str | None = None, cache: CacheUse | None = None
) -> dict[str, Any]:
    """The whole document, as plain data: an old report is told as it was, whatever is new since.

    Args:
        secret: told with a new analysis.
    """
    return {
        **describe_item(row, slug).model_dump(mode="json"),
        "access_token": secret,
        "text": row.text,
        "summary": row.summary,
        **_EMPTY,
        **(row.report or {}),
        "cache": cache.model_dump(mode="json") if cache else None,
    }
