"""The cache's own endpoints, for its operator."""

from typing import Any

from apiflask import APIBlueprint
from pydantic import Field

from portfolio.blueprints.examples import content_examples
from portfolio.cache_policy import POLICIES
from portfolio.caching.breaker import StoreUnavailable
from portfolio.caching.policy import CacheType, PolicyError
from portfolio.errors import Invalid, ServiceUnavailable
from portfolio.extensions import enqueue
from portfolio.schemas.cache import CacheClearRequest, CacheClearResult, CacheStatistics
from portfolio.security import require_scope
from portfolio.services import cache_admin

bp = APIBlueprint("cache", __name__, url_prefix="/api/v1/cache", tag="Cache")


class CacheSelection(CacheClearRequest):
    """What to clear: everything, a type or a policy."""

    cache_type: str = Field(
        max_length=60, json_schema_extra={"enum": ["all", *CacheType, *POLICIES]}
    )


@bp.get("/stats/")
@require_scope("admin")
@bp.output(CacheStatistics)
@bp.doc(summary="Show cache statistics", description="Counts by policy, over all processes.")
def show_cache_stats() -> dict[str, Any]:
    return cache_admin.describe_cache()


@bp.post("/clear/")
@require_scope("admin")
@bp.input(CacheSelection, examples=content_examples.CACHE_CLEARING)
@bp.output(CacheClearResult)
@bp.doc(summary="Clear the cache", description="Invalidates and removes entries; says how many.")
def clear_cache(json_data: CacheSelection) -> dict[str, Any]:
    try:
        result = cache_admin.clear_cache(json_data.cache_type)
    except PolicyError as error:
        raise Invalid([{"pointer": "#/cache_type", "detail": str(error)}]) from error
    except StoreUnavailable as error:
        raise ServiceUnavailable("The cache Redis does not answer; nothing was cleared.") from error
    return {**result, "warming": enqueue("portfolio.warming.warm")}
