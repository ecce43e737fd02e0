"""Writing events and the sessions they belong to: each event once, whoever brings it how often."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, TypedDict

from sqlalchemy import Connection, func, select, text

from portfolio.extensions import db
from portfolio.models import VisitorEvent
from portfolio.schemas.json_text import encode_json
from portfolio.vocabulary import REPEATED_VISITS

_WRITERS = 7_013_001
"""The advisory lock that writers share, and that `settled_number` has alone for a moment."""

_PAUSE = timedelta(minutes=30)
"""After which who opens a page without coming from another one comes anew."""


class Event(TypedDict):
    """An event on its way: plain data, in which nothing leads back to an address.

    Attributes:
        at: in ISO 8601, on the day (UTC) whose salt made `session_id`.
        project, profile: slugs.
    """

    event_id: str
    kind: str
    at: str
    session_id: str
    path: str | None
    project: str | None
    profile: str | None
    is_entrance: bool
    duration_ms: int | None
    referrer_host: str | None
    utm_source: str | None
    utm_medium: str | None
    utm_campaign: str | None
    utm_term: str | None
    utm_content: str | None
    device: str
    browser: str
    system: str
    country: str | None
    is_bot: bool


# Rows are locked in one order, by id, so that two writers cannot wait for one another.
# Who opens a page again, by its address or from a bookmark, is there already: no visit begins.
_WRITE = text("""
WITH sent AS (
    SELECT DISTINCT ON (event_id) * FROM jsonb_to_recordset(CAST(:events AS jsonb)) AS t (
        event_id uuid, kind text, at timestamptz, session_id uuid, path text, project text,
        profile text, is_entrance boolean, duration_ms integer, referrer_host text,
        utm_source text, utm_medium text, utm_campaign text, utm_term text, utm_content text,
        device text, browser text, system text, country text, is_bot boolean
    )
    WHERE NOT EXISTS (
        SELECT FROM visitor_erasures AS erased
        WHERE erased.session_id = t.session_id AND erased.at >= t.at
    )
    ORDER BY event_id, at
), told AS (
    SELECT
        sent.*,
        (bool_or(sent.kind = 'page_view') OVER earlier OR kept.entry_at <= at) IS TRUE
            AND greatest(
                max(at) OVER earlier,
                CASE WHEN kept.first_seen <= at THEN least(kept.last_seen, at) END
            ) > at - CAST(:pause AS interval) AS is_there
    FROM sent LEFT JOIN visitor_sessions AS kept ON kept.id = session_id
    WINDOW earlier AS (
        PARTITION BY session_id ORDER BY at, event_id
        ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    )
), written AS (
    INSERT INTO visitor_events (
        event_id, kind, at, session_id, path, project_id, profile_id, is_entrance, duration_ms,
        referrer_host, utm_source, utm_medium, utm_campaign, utm_term, utm_content,
        device, browser, system, country, is_bot
    )
    SELECT
        event_id, kind, at, session_id, path, projects.id,
        coalesce(profiles.id, projects.profile_id),
        is_entrance AND (referrer_host IS NOT NULL OR is_there IS NOT TRUE), duration_ms,
        referrer_host, utm_source, utm_medium, utm_campaign, utm_term, utm_content,
        device, browser, system, country, is_bot
    FROM told
    LEFT JOIN projects ON projects.slug = told.project AND projects.visibility <> 'draft'
    LEFT JOIN profiles ON profiles.slug = told.profile AND profiles.visibility <> 'draft'
    ORDER BY event_id
    ON CONFLICT (event_id) DO NOTHING
    RETURNING *
), summed AS (
    INSERT INTO visitor_sessions AS kept (
        id, day, first_seen, last_seen,
        entry_at, entry_path,
        referrer_host, utm_source,
        utm_medium, utm_campaign,
        utm_term, utm_content,
        visits, events,
        page_views, project_views,
        chat_starts, job_matches,
        downloads, contacts,
        duration_ms,
        device, browser, system, country, is_bot, recruiter_reasons
    )
    SELECT
        session_id, CAST(min(at) AT TIME ZONE 'UTC' AS date), min(at), max(at),
        min(at) FILTER (WHERE kind = 'page_view'),
        (array_agg(path ORDER BY at) FILTER (WHERE kind = 'page_view'))[1],
        (array_agg(referrer_host ORDER BY at) FILTER (WHERE kind = 'page_view'))[1],
        (array_agg(utm_source ORDER BY at) FILTER (WHERE kind = 'page_view'))[1],
        (array_agg(utm_medium ORDER BY at) FILTER (WHERE kind = 'page_view'))[1],
        (array_agg(utm_campaign ORDER BY at) FILTER (WHERE kind = 'page_view'))[1],
        (array_agg(utm_term ORDER BY at) FILTER (WHERE kind = 'page_view'))[1],
        (array_agg(utm_content ORDER BY at) FILTER (WHERE kind = 'page_view'))[1],
        count(*) FILTER (WHERE is_entrance), count(*),
        count(*) FILTER (WHERE kind = 'page_view'), count(*) FILTER (WHERE kind = 'project_view'),
        count(*) FILTER (WHERE kind = 'chat_start'), count(*) FILTER (WHERE kind = 'job_match'),
        count(*) FILTER (WHERE kind = 'download'), count(*) FILTER (WHERE kind = 'contact'),
        coalesce(sum(duration_ms), 0),
        min(device), min(browser), min(system), min(country), bool_or(is_bot),
        array_remove(ARRAY[
            CASE WHEN bool_or(referrer_host ~ :companies) THEN 'company_referrer' END,
            CASE WHEN bool_or(kind = 'job_match') THEN 'job_analysis' END,
            CASE WHEN count(*) FILTER (WHERE is_entrance) >= :repeated THEN 'repeated_visits' END
        ], NULL)
    FROM written
    GROUP BY session_id
    ORDER BY session_id
    ON CONFLICT (id) DO UPDATE SET
        first_seen = least(kept.first_seen, excluded.first_seen),
        last_seen = greatest(kept.last_seen, excluded.last_seen),
        (
            entry_at, entry_path, referrer_host,
            utm_source, utm_medium, utm_campaign, utm_term, utm_content
        ) = (
            SELECT
                entry_at, entry_path, referrer_host,
                utm_source, utm_medium, utm_campaign, utm_term, utm_content
            FROM (VALUES
                (1, kept.entry_at, kept.entry_path, kept.referrer_host, kept.utm_source,
                 kept.utm_medium, kept.utm_campaign, kept.utm_term, kept.utm_content),
                (2, excluded.entry_at, excluded.entry_path, excluded.referrer_host,
                 excluded.utm_source, excluded.utm_medium, excluded.utm_campaign,
                 excluded.utm_term, excluded.utm_content)
            ) AS entries (
                place, entry_at, entry_path, referrer_host,
                utm_source, utm_medium, utm_campaign, utm_term, utm_content
            )
            ORDER BY entry_at NULLS LAST, place
            LIMIT 1
        ),
        visits = kept.visits + excluded.visits,
        events = kept.events + excluded.events,
        page_views = kept.page_views + excluded.page_views,
        project_views = kept.project_views + excluded.project_views,
        chat_starts = kept.chat_starts + excluded.chat_starts,
        job_matches = kept.job_matches + excluded.job_matches,
        downloads = kept.downloads + excluded.downloads,
        contacts = kept.contacts + excluded.contacts,
        duration_ms = kept.duration_ms + excluded.duration_ms,
        recruiter_reasons = array_remove(ARRAY[
            CASE WHEN 'company_referrer' = ANY (kept.recruiter_reasons)
                OR 'company_referrer' = ANY (excluded.recruiter_reasons)
                THEN 'company_referrer' END,
            CASE WHEN kept.job_matches + excluded.job_matches > 0 THEN 'job_analysis' END,
            CASE WHEN kept.visits + excluded.visits >= :repeated THEN 'repeated_visits' END
        ], NULL)
)
SELECT count(*) FROM written
""")


def write_events(events: Sequence[Event], companies: str = "^$") -> int:
    """Write those that are not there yet, and add them to their sessions, all or nothing.

    Args:
        companies: a regular expression of hosts from which recruiters come.

    Returns:
        how many were not there.
    """
    values: dict[str, Any] = {
        "events": encode_json(events).decode(),
        "companies": companies,
        "repeated": REPEATED_VISITS,
        "pause": _PAUSE,
    }
    with db.engine.begin() as connection:
        connection.execute(select(func.pg_advisory_xact_lock_shared(_WRITERS)))
        return connection.scalar(_WRITE, values) or 0


def wait_for_writers(connection: Connection) -> None:
    """Until those who write have ended; others begin when this transaction has."""
    connection.execute(select(func.pg_advisory_xact_lock(_WRITERS)))


def settled_number() -> int:
    """The number up to which all events are written and seen by all, for who sums up.

    Numbers are given before a transaction ends: without this, one that is smaller than those
    already read might still appear.
    """
    with db.engine.begin() as connection:
        wait_for_writers(connection)
        return connection.scalar(select(func.coalesce(func.max(VisitorEvent.number), 0))) or 0
