"""The addresses of numbers of visits. Who has no token is told no names, if anything at all."""

from typing import Any

from apiflask import APIBlueprint

from portfolio.blueprints.visitors import TAG
from portfolio.caching.flask_adapter import answer_afresh
from portfolio.schemas.period import PeriodQuery, period_of
from portfolio.schemas.visit_statistics import (
    Engagement,
    Funnel,
    RealTimeVisits,
    VisitorStatistics,
)
from portfolio.security import may_read_private, require_scope
from portfolio.services.visits import statistics
from portfolio.services.visits.real_time import real_time_visits

COUNTS_PUBLIC = "VISITOR_COUNTS_PUBLIC"

bp = APIBlueprint("visit_statistics", __name__, url_prefix="/api/v1/visitors", tag=TAG)


@bp.get("/stats/")
@require_scope("read", unless=COUNTS_PUBLIC)
@bp.input(PeriodQuery, location="query")
@bp.doc(summary="Show statistics of visits")
@answer_afresh
@bp.output(VisitorStatistics)
def show_visitor_statistics(query_data: Any) -> dict[str, Any]:
    """Numbers of visits, at most five minutes old. Counts may be open to all, names are not."""
    told = statistics.visitor_statistics(**period_of(query_data))
    return _without_names(told, *statistics.LISTS.values())


@bp.get("/real-time/")
@require_scope("read", unless=COUNTS_PUBLIC)
@bp.doc(summary="Show who is there now")
@answer_afresh
@bp.output(RealTimeVisits)
def show_real_time_visits() -> dict[str, Any]:
    """The last minutes, at most ten seconds old."""
    return _without_names(real_time_visits(), "pages")


@bp.get("/engagement/")
@require_scope("read", unless=COUNTS_PUBLIC)
@bp.input(PeriodQuery, location="query")
@bp.doc(summary="Show how interested visitors were")
@answer_afresh
@bp.output(Engagement)
def show_visitor_engagement(query_data: Any) -> dict[str, Any]:
    """A score from 0 to 100, and what it is made of; at most five minutes old."""
    return statistics.visitor_engagement(**period_of(query_data))


@bp.get("/funnel/")
@require_scope("read", unless=COUNTS_PUBLIC)
@bp.input(PeriodQuery, location="query")
@bp.doc(summary="Show how far visitors went")
@answer_afresh
@bp.output(Funnel)
def show_visitor_funnel(query_data: Any) -> dict[str, Any]:
    """How many sessions did each thing; at most five minutes old."""
    return statistics.visitor_funnel(**period_of(query_data))


def _without_names(told: dict[str, Any], *names: str) -> dict[str, Any]:
    return told if may_read_private() else told | dict.fromkeys(names)
