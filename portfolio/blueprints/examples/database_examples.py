"""The example of the database's figures in the API's description."""

from typing import Any

_READ = "SELECT projects.id, projects.title FROM projects WHERE projects.profile_id = $1::UUID"
_SEEN = "2026-11-20T09:41:07.210000Z"

STATISTICS: dict[str, Any] = {
    "queries": {
        "slow_after_ms": 100.0,
        "repeated_after": 10,
        "count": 18240,
        "slow": 3,
        "failed": 0,
        "left_out": 0,
        "total_ms": 20916.4,
        "statements": [
            {
                "id": "949ba2cf02bc",
                "statement": _READ,
                "count": 912,
                "slow": 3,
                "failed": 0,
                "total_ms": 1140.9,
                "mean_ms": 1.251,
                "p95_ms": 2.047,
                "worst_ms": 214.03,
                "last_seen": _SEEN,
                "endpoint": "GET /api/v1/projects/",
                "place": "portfolio/services/content/projects.py:71",
            }
        ],
        "repeated": [
            {
                "id": "949ba2cf02bc",
                "statement": _READ,
                "endpoint": "task: portfolio.warming.warm",
                "place": "portfolio/services/content/projects.py:71",
                "count": 24,
                "requests": 2,
                "last_seen": _SEEN,
            }
        ],
    },
    "pool": {"size": 16, "in_use": 1, "idle": 3},
    "server": {
        "version": "18.4",
        "bytes": 25310387,
        "started_at": "2026-11-19T06:02:11.400000Z",
        "counted_since": None,
        "deadlocks": 0,
        "rollbacks": 17,
        "temporary_bytes": 0,
    },
    "connections": {
        "limit": 100,
        "total": 9,
        "active": 1,
        "idle": 8,
        "idle_in_transaction": 0,
        "waiting_for_locks": 0,
        "oldest_transaction_seconds": None,
    },
    "cache_hits": {"tables": 0.9991, "indexes": 0.9987},
    "tables": [
        {
            "table": "projects",
            "rows": 14,
            "bytes": 163840,
            "index_bytes": 90112,
            "sequential_scans": 96,
            "index_scans": 1204,
            "dead_rows": 3,
            "last_vacuum": None,
            "last_analyze": "2026-11-20T03:00:00.120000Z",
        }
    ],
    "sizes_are_estimates": False,
    "indexes": [
        {"index": "pk_projects", "table": "projects", "bytes": 16384, "scans": 812},
    ],
    "unused_indexes": [],
    "missing_indexes": [],
    "bloat": [
        {
            "table": "changes",
            "dead_rows": 5120,
            "dead_share": 0.41,
            "last_vacuum": "2026-11-18T22:17:45.903000Z",
        }
    ],
    "locks": [
        {
            "pid": 4711,
            "waits_for": [4698],
            "lock": "ShareLock",
            "table": None,
            "seconds": 1.25,
            "statement": "UPDATE projects SET title = $1 WHERE slug = $2",
        }
    ],
    "server_statements": None,
    "unavailable": [
        {"part": "server_statements", "reason": "the server does not have it"},
    ],
}
