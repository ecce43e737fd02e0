"""The cache's own endpoints, for its operator."""

from typing import Any

from apiflask import APIBlueprint

from portfolio.caching.breaker import StoreUnavailable
from portfolio.caching.policy import PolicyError
from portfolio.errors import Invalid, ServiceUnavailable
from portfolio.extensions import enqueue
from portfolio.schemas.cache import CacheClearRequest, CacheClearResult, CacheStatistics
from portfolio.security import require_scope
from portfolio.services import cache_admin

bp = APIBlueprint("cache", __name__, url_prefix="/api/v1/cache", tag="Cache")


@bp.get("/stats/")
@require_scope("admin")
@bp.output(CacheStatistics)
@bp.doc(summary="Show cache statistics", description="Counts by policy, over all processes.")
def show_cache_stats() -> dict[str, Any]:
    return cache_admin.describe_cache()


@bp.post("/clear/")
@require_scope("admin")
@bp.input(CacheClearRequest)
@bp.output(CacheClearResult)
@bp.doc(summary="Clear the cache", description="Invalidates and removes entries; says how many.")
def clear_cache(json_data: CacheClearRequest) -> dict[str, Any]:
    try:
        result = cache_admin.clear_cache(json_data.cache_type)
    except PolicyError as error:
        raise Invalid([{"pointer": "#/cache_type", "detail": str(error)}]) from error
    except StoreUnavailable as error:
        raise ServiceUnavailable("The cache Redis does not answer; nothing was cleared.") from error
    return {**result, "warming": enqueue("portfolio.warming.warm")}
