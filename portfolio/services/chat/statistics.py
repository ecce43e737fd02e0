"""The numbers of what was asked in a range of days, which an index finds, and the questions."""

from typing import Any

from sqlalchemy import text

from portfolio.cache_policy import CONVERSATION_QUESTIONS
from portfolio.caching.flask_adapter import cache_statistics
from portfolio.extensions import db
from portfolio.schemas.chat_statistics import (
    Confidence,
    ConversationStatistics,
    DayMessages,
    FeedbackCounts,
    QuestionCount,
    QuestionStatistics,
    ResponseTimes,
)
from portfolio.services.periods import Period, choose_period, in_known_zone
from portfolio.services.quotients import ratio, rounded
from portfolio.vocabulary import AnswerKind, Context, Rating

MOST = 50
# What is said about a draft is counted nowhere. Such conversations are few.
_OF_DRAFTS = """
SELECT conversations.id FROM conversations JOIN profiles ON profiles.id = profile_id
WHERE visibility = 'draft'
"""
_ASKED = "messages.created_at >= :begin AND messages.created_at < :end"
_ASKED_IN_PUBLIC = f"{_ASKED} AND conversation_id NOT IN ({_OF_DRAFTS})"
BEGUN = text(f"""
SELECT count(*) FROM conversations
WHERE created_at >= :begin AND created_at < :end AND id NOT IN ({_OF_DRAFTS})
""")  # noqa: S608 - words of ours, as below
OF_MESSAGES = text(f"""
SELECT count(*) AS messages, count(DISTINCT conversation_id) AS active,
    avg(CAST(timings->>'total' AS float)) AS mean_ms,
    percentile_cont(ARRAY[0.5, 0.9, 0.95, 0.99]) WITHIN GROUP (
        ORDER BY CAST(timings->>'total' AS float)
    ) AS percentiles,
    avg(confidence) FILTER (WHERE kind <> 'smalltalk') AS mean_confidence,
    percentile_cont(0.5) WITHIN GROUP (ORDER BY confidence)
        FILTER (WHERE kind <> 'smalltalk') AS median_confidence
FROM messages WHERE {_ASKED_IN_PUBLIC}
""")  # noqa: S608
OF_GROUPS = text(f"""
SELECT context, kind, day, count(*) AS times FROM (
    SELECT context, kind, CAST(created_at AT TIME ZONE :zone AS date) AS day
    FROM messages WHERE {_ASKED_IN_PUBLIC}
) AS asked
GROUP BY GROUPING SETS ((context), (kind), (day))
""")  # noqa: S608
OF_FEEDBACK = text(f"""
SELECT rating, count(*) FROM messages JOIN message_feedback ON message_id = messages.id
WHERE {_ASKED_IN_PUBLIC} GROUP BY rating
""")  # noqa: S608
OF_QUESTIONS = text(f"""
WITH asked AS (
    SELECT mode() WITHIN GROUP (ORDER BY words) AS question, count(*) AS times,
        count(*) FILTER (WHERE kind = 'refusal') AS unanswered, max(created_at) AS last_asked
    FROM (
        SELECT kind, created_at,
            btrim(regexp_replace(coalesce(nullif(understood, ''), question), '\\s+', ' ', 'g'))
                AS words
        FROM messages WHERE {_ASKED} AND kind <> 'smalltalk'
    ) AS said
    GROUP BY rtrim(lower(words), ' ?!.')
), most_asked AS (
    SELECT * FROM asked ORDER BY times DESC, last_asked DESC LIMIT :most
), not_answered AS (
    SELECT * FROM asked WHERE unanswered > 0
    ORDER BY unanswered DESC, last_asked DESC LIMIT :most
)
SELECT true AS is_most_asked, * FROM most_asked
UNION ALL SELECT false, * FROM not_answered
""")  # noqa: S608


def conversation_statistics(
    days: int | None = None,
    first: str | None = None,
    last: str | None = None,
    zone: str | None = None,
) -> ConversationStatistics:
    """Numbers of these days; nothing of what was said."""
    period = choose_period(days, first, last, zone)
    groups: dict[str, dict[Any, int]] = {"context": {}, "kind": {}, "day": {}}
    with in_known_zone():
        for row in db.session.execute(OF_GROUPS, {**_ends(period), "zone": period.zone}):
            name = next(name for name in groups if getattr(row, name) is not None)
            groups[name][getattr(row, name)] = row.times
    row = db.session.execute(OF_MESSAGES, _ends(period)).one()
    kinds = {kind: groups["kind"].get(kind, 0) for kind in AnswerKind}
    unanswered = kinds[AnswerKind.REFUSAL]
    return ConversationStatistics(
        **period.told(),
        conversations=db.session.scalar(BEGUN, _ends(period)) or 0,
        active_conversations=row.active,
        messages=row.messages,
        messages_per_conversation=ratio(row.messages, row.active, 2),
        response_ms=_times(row.mean_ms, row.percentiles),
        confidence=Confidence(
            mean=rounded(row.mean_confidence, 3), median=rounded(row.median_confidence, 3)
        ),
        feedback=_count_feedback(period),
        contexts={context: groups["context"].get(context, 0) for context in Context},
        kinds=kinds,
        unanswered=unanswered,
        unanswered_share=ratio(unanswered, row.messages - kinds[AnswerKind.SMALLTALK], 4),
        by_day=[DayMessages(day=day, messages=groups["day"].get(day, 0)) for day in period.days()],
    )


@cache_statistics(CONVERSATION_QUESTIONS)
def question_statistics(
    *,
    days: int | None = None,
    first: str | None = None,
    last: str | None = None,
    zone: str | None = None,
) -> dict[str, Any]:
    """What was asked most, and what was not answered, in the shape of the schema."""
    period = choose_period(days, first, last, zone)
    lists: dict[bool, list[QuestionCount]] = {True: [], False: []}
    for row in db.session.execute(OF_QUESTIONS, {**_ends(period), "most": MOST}):
        told = QuestionCount(
            question=row.question,
            count=row.times,
            unanswered=row.unanswered,
            last_asked=row.last_asked,
        )
        lists[row.is_most_asked].append(told)
    return QuestionStatistics(
        **period.told(), most_asked=lists[True], unanswered=lists[False]
    ).model_dump(mode="json")


def _ends(period: Period) -> dict[str, Any]:
    return {"begin": period.begin, "end": period.end}


def _times(mean: float | None, percentiles: list[float | None] | None) -> ResponseTimes:
    p50, p90, p95, p99 = (rounded(value, 1) for value in percentiles or (None,) * 4)
    return ResponseTimes(mean=rounded(mean, 1), p50=p50, p90=p90, p95=p95, p99=p99)


def _count_feedback(period: Period) -> FeedbackCounts:
    rows = db.session.execute(OF_FEEDBACK, _ends(period))
    counts: dict[str, int] = {row[0]: row[1] for row in rows}
    up, down = counts.get(Rating.UP, 0), counts.get(Rating.DOWN, 0)
    return FeedbackCounts(up=up, down=down, up_share=ratio(up, up + down, 4))
