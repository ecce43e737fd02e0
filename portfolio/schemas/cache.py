"""What the cache's own endpoints take and give."""

from pydantic import BaseModel, ConfigDict, Field


class CacheClearRequest(BaseModel):
    """What to clear."""

    model_config = ConfigDict(extra="forbid")

    cache_type: str


class CacheClearResult(BaseModel):
    """What was cleared."""

    cache_type: str
    cleared: int = Field(description="Entries removed.")
    warming: bool = Field(description="Whether a worker has been asked to fill the cache again.")


class CacheFigures(BaseModel):
    """Counts over all processes; null while their Redis does not answer."""

    entries: int | None = Field(description="Stored entries.")
    hits: int | None
    memory_hits: int | None = Field(description="Hits found in a web process's own memory.")
    store_hits: int | None = Field(description="Hits found in Redis.")
    database_hits: int | None = Field(description="Embeddings found in the database's table.")
    stale_hits: int | None = Field(description="Hits on expired entries that were still valid.")
    misses: int | None
    hit_rate: float | None = Field(description="hits / (hits + misses); null before any lookup.")
    fills: int | None = Field(description="Values computed.")
    shared: int | None = Field(description="Lookups that waited for another's computation.")
    bypasses: int | None = Field(description="Computed for a caller with uncommitted changes.")
    uncacheable: int | None = Field(description="Values of a type that is not stored.")
    unavailable: int | None = Field(description="Lookups and writes while the store was away.")
    errors: int | None = Field(description="Unreadable entries, treated as misses.")
    sampled_hits: int | None = Field(
        description="Hits whose time was taken: one in 16 of those that the front did not answer."
    )
    sampled_hit_microseconds: int | None = Field(description="What those took together.")
    fill_microseconds: int | None = Field(description="What all computations took together.")
    bytes: int | None = Field(description="Bytes stored, counted when an entry is made.")


class PolicyFigures(CacheFigures):
    """Counts of one policy."""

    type: str
    ttl: int = Field(description="Seconds.")


class CacheStore(BaseModel):
    """The cache Redis, as it describes itself."""

    version: str
    uptime_seconds: int
    memory_bytes: int
    memory_limit_bytes: int
    policy: str
    evicted: int
    clients: int


class CacheStatistics(BaseModel):
    """The cache at work."""

    totals: CacheFigures
    types: dict[str, CacheFigures]
    policies: dict[str, PolicyFigures]
    store: CacheStore | None
