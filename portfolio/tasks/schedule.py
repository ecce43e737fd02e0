"""The beat table: which task runs how often."""

from typing import Any

from portfolio.cache_policy import (
    JOB_STATS,
    PROJECT_STATISTICS,
    VISITOR_REAL_TIME,
    VISITOR_STATISTICS,
)
from portfolio.caching.policy import PolicyTable

SAFETY = 0.6
"""Part of a ttl after which a value is renewed: before its jittered end, with time to spare."""

WRITE_VISITS = 5.0
"""Seconds for which events may wait."""
SUM_VISITS = 30.0
"""Seconds for which they may be missing in the sums."""


def beat_schedule(policies: PolicyTable) -> dict[str, dict[str, Any]]:
    """Celery's schedule, with intervals in seconds that follow the policies' ttls."""
    statistics = policies[PROJECT_STATISTICS.name].ttl * SAFETY
    visits = min(policies[policy.name].ttl for policy in (VISITOR_STATISTICS, JOB_STATS)) * SAFETY
    # What shows the present moment is computed when it is asked for.
    lasting = (policy for policy in policies.values() if policy.name != VISITOR_REAL_TIME.name)
    endpoints = min(policy.ttl for policy in lasting) * SAFETY
    return {
        "refresh-statistics": {"task": "portfolio.statistics.refresh", "schedule": statistics},
        "refresh-visits": {"task": "portfolio.statistics.refresh_visits", "schedule": visits},
        "warm-hot-endpoints": {"task": "portfolio.warming.warm", "schedule": endpoints},
        "trim-history": {"task": "portfolio.maintenance.trim_history", "schedule": 86400.0},
        "forget-conversations": {
            "task": "portfolio.maintenance.forget_conversations",
            "schedule": 86400.0,
        },
        "forget-analyses": {
            "task": "portfolio.maintenance.forget_analyses",
            "schedule": 86400.0,
        },
        # One that no worker begins before the next one is due need not be begun any more.
        "write-visits": {
            "task": "portfolio.visitors.write",
            "schedule": WRITE_VISITS,
            "options": {"expires": WRITE_VISITS},
        },
        "sum-visits": {
            "task": "portfolio.visitors.roll_up",
            "schedule": SUM_VISITS,
            "options": {"expires": SUM_VISITS},
        },
        "destroy-salts": {"task": "portfolio.visitors.destroy_salts", "schedule": 300.0},
        "forget-visits": {"task": "portfolio.visitors.forget", "schedule": 86400.0},
        "send-messages": {"task": "portfolio.visitors.send_messages", "schedule": 60.0},
        # Each analysis is handed to a worker when it comes; this finds those that were lost.
        "resume-analyses": {"task": "portfolio.matching.resume", "schedule": 60.0},
        # The relay says at once when text has changed; this finds what nobody was told of, and
        # jobs that failed or were lost.
        "plan-knowledge": {"task": "portfolio.knowledge.plan", "schedule": 60.0},
        "clean-knowledge": {"task": "portfolio.knowledge.clean", "schedule": 24 * 3600.0},
        "clean-cache": {"task": "portfolio.maintenance.clean_cache", "schedule": 3600.0},
        "clean-images": {"task": "portfolio.maintenance.clean_images", "schedule": 6 * 3600.0},
    }
