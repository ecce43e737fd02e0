"""The addresses of job analyses, each opened by its secret."""

from typing import Any
from uuid import UUID

from apiflask import APIBlueprint
from flask import Response, current_app, request, url_for

from portfolio.blueprints.examples import job_examples
from portfolio.blueprints.http.adapter import with_body_up_to
from portfolio.blueprints.http.event_stream import stream, write_events
from portfolio.blueprints.http.visiting import notes
from portfolio.cache_policy import JOB_STATS
from portfolio.caching.flask_adapter import cache_api_response
from portfolio.errors import NotFound, ServiceUnavailable
from portfolio.extensions import enqueue
from portfolio.rate_limits import limit_analyses
from portfolio.schemas.job_analysis import (
    JobAnalysisPage,
    JobFileWrite,
    JobStatistics,
    JobTextWrite,
    ShareItem,
    ShareWrite,
)
from portfolio.schemas.json_text import encode_json
from portfolio.schemas.lists import PageQuery
from portfolio.schemas.period import PeriodQuery, period_of
from portfolio.security import (
    ANALYSIS_SECRET,
    current_scope,
    may_read_private,
    public,
    public_with_drafts,
    public_with_secret,
    require_scope,
)
from portfolio.services.exports.report_markdown import write_report_markdown
from portfolio.services.exports.report_page import write_lone_report
from portfolio.services.matching import analyses, sharing
from portfolio.services.matching.analysis_document import JobAnalysisDetail
from portfolio.services.matching.figures import job_statistics
from portfolio.services.matching.files import begin_file_analysis
from portfolio.services.matching.making import Description, begin_analysis, repeat_analysis
from portfolio.services.matching.watching import watch_analysis
from portfolio.services.periods import choose_period
from portfolio.vocabulary import EventKind, JobState, Scope

TAG = {
    "name": "Job analyses",
    "description": "Job descriptions matched with a profile. Each has a secret, told once.",
}

bp = APIBlueprint("job_analyses", __name__, url_prefix="/api/v1/job-analyses", tag=TAG)


@bp.get("/")
@require_scope("read")
@bp.input(PageQuery, location="query")
@bp.output(JobAnalysisPage)
@bp.doc(summary="List all job analyses")
def list_job_analyses(query_data: PageQuery) -> JobAnalysisPage:
    """The latest first. Nothing tells who sent them."""
    items, total = analyses.list_analyses(query_data)
    return JobAnalysisPage.of(items, total, url_for("job_analyses.list_job_analyses"), query_data)


@bp.post("/")
@notes(EventKind.JOB_MATCH)
@public_with_drafts
@limit_analyses
@with_body_up_to("JOB_FILE_MAX_BYTES")
@bp.input(JobTextWrite, examples=job_examples.TEXT)
@bp.output(JobAnalysisDetail, status_code=201, example=job_examples.ANALYSIS)
@bp.doc(summary="Match a job description", responses=job_examples.accepted(429))
def create_job_analysis(json_data: JobTextWrite | JobFileWrite) -> Response:
    """Text of up to 20,000 characters is answered at once; longer text and files by a task.

    Then the answer is 202, and `Location` leads to where the status can be asked, or watched under
    `events/`. A file is recognised by its content; only its text is kept.
    """
    private = may_read_private()
    if isinstance(json_data, JobFileWrite):
        limit = current_app.config["JOB_FILE_MAX_BYTES"]
        made = begin_file_analysis(
            json_data.file, json_data.profile, private=private, byte_limit=limit
        )
    else:
        by_task = "respond-async" in request.headers.get("Prefer", "").lower()
        made = begin_analysis(
            Description(json_data.text, json_data.profile, private, by_task=by_task)
        )
    return _answer_new(made)


@bp.get("/stats/")
@public
@bp.input(PeriodQuery, location="query")
@bp.doc(summary="Show statistics of job analyses")
@cache_api_response(JOB_STATS)
@bp.output(JobStatistics)
def show_job_statistics(query_data: Any) -> JobStatistics:
    """Numbers of what visitors had matched, at most five minutes old; without days, of all."""
    asked = period_of(query_data)
    zone = asked.pop("zone")
    return job_statistics(choose_period(**asked, zone=zone) if any(asked.values()) else None, zone)


@bp.get("/<name:analysis>/")
@public_with_secret(more_with="read", header=ANALYSIS_SECRET)
@bp.output(JobAnalysisDetail, example=job_examples.ANALYSIS)
@bp.doc(summary="Show a job analysis")
def show_job_analysis(analysis: str) -> Response:
    """With its report as it was made: later edits of the profile change nothing in it."""
    return _document(_read(analysis))


@bp.delete("/<name:analysis>/")
@public_with_secret(more_with="write", header=ANALYSIS_SECRET)
@bp.output({}, status_code=204)
@bp.doc(summary="Delete a job analysis")
def delete_job_analysis(analysis: str) -> tuple[str, int]:
    """The description, the report and the link to it, at once and for good."""
    analyses.delete_analysis(_number(analysis), _secret(), owner=_may_write())
    return "", 204


@bp.post("/<name:analysis>/rerun/")
@public_with_secret(more_with="read", header=ANALYSIS_SECRET)
@limit_analyses
@bp.output(JobAnalysisDetail, status_code=201, example=job_examples.ANALYSIS)
@bp.doc(summary="Repeat a job analysis", responses=job_examples.accepted(429))
def rerun_job_analysis(analysis: str) -> Response:
    """The same description and the profile as it is now: a new analysis, with its own secret."""
    private = may_read_private()
    return _answer_new(
        repeat_analysis(_number(analysis), _secret(), owner=private, private=private)
    )


@bp.get("/<name:analysis>/events/")
@public_with_secret(more_with="read", header=ANALYSIS_SECRET)
@bp.doc(summary="Watch a job analysis", responses=job_examples.EVENTS)
def watch_job_analysis(analysis: str) -> Response:
    """Server-sent events: `status` at each change, then `done` or `failed` with the document.

    A stream ends after a minute at most; who wants to know more asks again.
    """
    return stream(
        write_events(watch_analysis(_number(analysis), _secret(), owner=may_read_private()))
    )


@bp.get("/<name:analysis>/report.md")
@public_with_secret(more_with="read", header=ANALYSIS_SECRET)
@bp.doc(summary="Export a match report as Markdown", responses=job_examples.MARKDOWN)
def show_job_report_markdown(analysis: str) -> Response:
    """CommonMark; what stands in the two texts appears as plain text."""
    return Response(write_report_markdown(_read(analysis)), mimetype="text/markdown")


@bp.get("/<name:analysis>/report.html")
@public_with_secret(more_with="read", header=ANALYSIS_SECRET)
@bp.doc(summary="Export a match report as a page", responses=job_examples.PAGE)
def show_job_report_page(analysis: str) -> Response:
    """One file for screens and for paper, which needs no other and runs nothing."""
    return Response(
        write_lone_report(_read(analysis)),
        mimetype="text/html",
        headers={"Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'"},
    )


@bp.post("/<name:analysis>/share/")
@public_with_secret(more_with="write", header=ANALYSIS_SECRET)
@bp.input(ShareWrite, examples=job_examples.SHARE)
@bp.output(ShareItem, status_code=201)
@bp.doc(summary="Share a match report", responses=[409])
def share_job_analysis(
    analysis: str, json_data: ShareWrite
) -> tuple[ShareItem, int, dict[str, str]]:
    """A link that shows the report without the secret, until the analysis is removed at most.

    One that was made before works no more.
    """
    word, expires_at = sharing.share_analysis(
        _number(analysis),
        _secret(),
        owner=_may_write(),
        days=json_data.days,
        kept=current_app.config["JOB_ANALYSIS_DAYS"],
    )
    path = url_for("shared.show_shared_report", word=word)
    item = ShareItem(url=current_app.config["PUBLIC_URL"] + path, expires_at=expires_at)
    return item, 201, {"Location": path}


@bp.delete("/<name:analysis>/share/")
@public_with_secret(more_with="write", header=ANALYSIS_SECRET)
@bp.output({}, status_code=204)
@bp.doc(summary="Revoke a shared match report")
def unshare_job_analysis(analysis: str) -> tuple[str, int]:
    """Its link works no more, at once."""
    sharing.unshare_analysis(_number(analysis), _secret(), owner=_may_write())
    return "", 204


@bp.after_request
def keep_nowhere(response: Response) -> Response:
    """What one visitor has sent is for nobody's cache; numbers of all are."""
    if request.endpoint != "job_analyses.show_job_statistics":
        response.headers["Cache-Control"] = "no-store"
    return response


def _answer_new(made: dict[str, Any]) -> Response:
    location = {"Location": url_for("job_analyses.show_job_analysis", analysis=made["id"])}
    if made["status"] == JobState.DONE:
        return _document(made, 201, location)
    if not enqueue("portfolio.matching.analyse", analysis=made["id"]):
        analyses.remove_analysis(UUID(made["id"]))
        raise ServiceUnavailable("The task queue is away; nothing was kept.")
    return _document(made, 202, location)


def _document(
    document: dict[str, Any], status: int = 200, headers: dict[str, str] | None = None
) -> Response:
    return Response(encode_json(document), status, headers, mimetype="application/json")


def _read(analysis: str) -> dict[str, Any]:
    return analyses.get_analysis(_number(analysis), _secret(), owner=may_read_private())


def _secret() -> str | None:
    return request.headers.get(ANALYSIS_SECRET)


def _may_write() -> bool:
    scope = current_scope()
    return scope is not None and scope.includes(Scope.WRITE)


def _number(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise NotFound(analyses.MISSING) from None
