"""What a balancer is told."""

from typing import Literal

from pydantic import BaseModel


class Liveness(BaseModel):
    """The process lives."""

    status: Literal["live"]


class Readiness(BaseModel):
    """Whether requests can be answered: `degraded` is ready, but without the cache."""

    status: Literal["ready", "degraded"]
    database: Literal["ok"]
    cache: Literal["ok", "unavailable"]
