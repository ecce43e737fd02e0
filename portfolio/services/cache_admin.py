"""The cache as its operator sees it: figures, health, clearing and cleaning."""

import time
from typing import Any

import redis

from portfolio.cache_policy import WATCHED
from portfolio.caching.breaker import StoreUnavailable
from portfolio.caching.counters import EVENTS, HITS, LedgerUnavailable, hit_rate
from portfolio.caching.flask_adapter import cache_extension
from portfolio.caching.policy import CacheType
from portfolio.caching.source import SourceUnavailable
from portfolio.caching.sweep import count_entries, sweep

OUTBOX_LIMIT = 5.0
"""Seconds a change may wait for its invalidation before the cache is called unhealthy."""

TURN = 1.5
"""Seconds in which every process that serves or relays has looked at which Redis others use."""


def describe_cache() -> dict[str, Any]:
    """Figures by policy and type, summed over all processes, and the state of the store.

    `entries` and `store` are null while the cache Redis is away, counts while the durable one is.
    """
    cache = cache_extension()
    try:
        counted: dict[str, dict[str, int]] | None = cache.counters.totals()
    except LedgerUnavailable:
        counted = None
    try:
        entries: dict[str, int] | None = count_entries(cache.engine)
    except StoreUnavailable:
        entries = None
    policies = {
        policy.name: {
            "type": policy.type.value,
            "ttl": policy.ttl,
            "entries": None if entries is None else entries[policy.name],
            **_figures(None if counted is None else counted.get(policy.name, {})),
        }
        for policy in cache.engine.table.values()
    }
    return {
        "totals": _sum(list(policies.values())),
        "types": {
            kind.value: _sum([row for row in policies.values() if row["type"] == kind])
            for kind in CacheType
        },
        "policies": policies,
        "store": _describe_store(),
    }


def clear_cache(selector: str) -> dict[str, Any]:
    """Invalidate and remove what `all`, a type or a policy names; says how many entries.

    Raises:
        PolicyError: no such type or policy.
        StoreUnavailable: the cache Redis is away, so nothing was cleared.
    """
    return {"cache_type": selector, "cleared": cache_extension().engine.clear(selector)}


def clean_cache() -> dict[str, int]:
    """Remove entries that are invalid but not yet expired.

    Raises:
        StoreUnavailable: the cache Redis is away.
    """
    checked, removed = sweep(cache_extension().engine)
    return {"checked": checked, "removed": removed}


def check_cache() -> dict[str, Any]:
    """Whether each part that freshness depends on works, with what was measured."""
    cache = cache_extension()
    checks = {
        "store": _check_store(),
        "servers": _check_servers(),
        "outbox": _check_outbox(),
        "triggers": _check_triggers(),
        "counters": _check_counters(),
    }
    return {
        "healthy": all(check["healthy"] for check in checks.values()),
        "breaker": "closed" if cache.store.available else "open",
        "checks": checks,
    }


def _figures(counts: dict[str, int] | None) -> dict[str, Any]:
    if counts is None:
        return dict.fromkeys([*EVENTS, "bytes", "hit_rate"])
    counts = {**counts, "hits": sum(counts.get(event, 0) for event in HITS)}
    figures: dict[str, Any] = {event: counts.get(event, 0) for event in (*EVENTS, "bytes")}
    figures["hit_rate"] = hit_rate(counts)
    return figures


def _sum(rows: list[dict[str, Any]]) -> dict[str, Any]:
    names = ("entries", *EVENTS, "bytes")
    sums: dict[str, Any] = {
        name: None if any(row[name] is None for row in rows) else sum(row[name] for row in rows)
        for name in names
    }
    sums["hit_rate"] = None if sums["hits"] is None else hit_rate(sums)
    return sums


def _describe_store() -> dict[str, Any] | None:
    try:
        info = cache_extension().store.info()
    except StoreUnavailable:
        return None
    return {
        "version": info["redis_version"],
        "uptime_seconds": info["uptime_in_seconds"],
        "memory_bytes": info["used_memory"],
        "memory_limit_bytes": info["maxmemory"],
        "policy": info["maxmemory_policy"],
        "evicted": info["evicted_keys"],
        "clients": info["connected_clients"],
    }


def _check_store() -> dict[str, Any]:
    start = time.perf_counter()
    try:
        cache_extension().store.ping()
    except StoreUnavailable as error:
        return {"healthy": False, "detail": str(error)}
    return {"healthy": True, "milliseconds": round((time.perf_counter() - start) * 1000, 3)}


def _check_servers() -> dict[str, Any]:
    """Whether all processes use one cache Redis: those of two invalidate each other's cache."""
    cache = cache_extension()
    try:
        cache.store.ping()
        own = cache.store.run_id()
        other = cache.source.outbox.find_other_server(own, TURN)
    except (StoreUnavailable, redis.RedisError, OSError):
        return {"healthy": False, "detail": "unknown while the cache Redis does not answer"}
    except SourceUnavailable:
        return {"healthy": False, "detail": "the database does not answer"}
    if other is None:
        return {"healthy": True, "run_id": own}
    return {
        "healthy": False,
        "detail": "other processes use another cache Redis than this one: their REDIS_URL leads to"
        f" the run id {other or '(unknown)'}, ours to {own}",
    }


def _check_outbox() -> dict[str, Any]:
    try:
        rows, age = cache_extension().source.outbox.pending()
    except SourceUnavailable:
        return {"healthy": False, "detail": "the database does not answer"}
    return {"healthy": age < OUTBOX_LIMIT, "waiting": rows, "oldest_seconds": round(age, 3)}


def _check_triggers() -> dict[str, Any]:
    try:
        silent = cache_extension().source.outbox.silent_tables(WATCHED)
    except SourceUnavailable:
        return {"healthy": False, "detail": "the database does not answer"}
    if silent:
        return {"healthy": False, "detail": f"changes go unreported: {', '.join(silent)}"}
    return {"healthy": True, "tables": len(WATCHED)}


def _check_counters() -> dict[str, Any]:
    try:
        cache_extension().counters.totals()
    except LedgerUnavailable as error:
        return {"healthy": False, "detail": str(error)}
    return {"healthy": True}
