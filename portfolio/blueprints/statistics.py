"""The addresses of numbers of conversations, and of all at a glance."""

from typing import Any

from apiflask import APIBlueprint

from portfolio.blueprints import conversations
from portfolio.cache_policy import CONVERSATION_STATS
from portfolio.caching.flask_adapter import answer_afresh, cache_api_response
from portfolio.schemas.chat_statistics import ConversationStatistics, QuestionStatistics
from portfolio.schemas.overview import Overview
from portfolio.schemas.period import PeriodQuery, period_of
from portfolio.security import public, require_scope
from portfolio.services.chat.statistics import conversation_statistics, question_statistics
from portfolio.services.overview import overview

TAG = {"name": "Statistics", "description": "All numbers at a glance."}

bp = APIBlueprint("statistics", __name__, url_prefix="/api/v1", tag=TAG)


@bp.get("/conversations/stats/")
@public
@bp.input(PeriodQuery, location="query")
@bp.doc(summary="Show statistics of conversations", tags=[conversations.TAG["name"]])
@cache_api_response(CONVERSATION_STATS)
@bp.output(ConversationStatistics)
def show_conversation_statistics(query_data: Any) -> ConversationStatistics:
    """Numbers of questions and answers, at most five minutes old; nothing of what was said."""
    return conversation_statistics(**period_of(query_data))


@bp.get("/conversations/questions/")
@require_scope("read")
@bp.input(PeriodQuery, location="query")
@bp.doc(summary="Show what is asked", tags=[conversations.TAG["name"]])
@answer_afresh
@bp.output(QuestionStatistics)
def show_questions(query_data: Any) -> dict[str, Any]:
    """What visitors ask most, and what the portfolio could not answer; at most five minutes old."""
    return question_statistics(**period_of(query_data))


@bp.get("/stats/")
@require_scope("read")
@bp.input(PeriodQuery, location="query")
@bp.doc(summary="Show all statistics at a glance")
@answer_afresh
@bp.output(Overview)
def show_overview(query_data: Any) -> dict[str, Any]:
    """The first number of each kind, at most ten minutes old."""
    return overview(**period_of(query_data))
