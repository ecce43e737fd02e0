"""A view that takes 300 ms and counts how often it was computed, behind the product's cache."""

import os
import time
from dataclasses import fields
from typing import Any

import redis
from flask import Flask, Response

from bench.small_app import make_small_app
from portfolio.caching.flask_adapter import cache_api_response
from portfolio.caching.flight import FlightTimeout
from portfolio.caching.policy import CacheType, Policy, PolicyTable

TTL, STALE = 3, 60
SECONDS = 0.3
COUNT = "bench:computed:{number}"
"""In the durable Redis: how often a number was computed."""

_stale: dict[str, Any] = {"stale": STALE} if "stale" in {f.name for f in fields(Policy)} else {}
SLOW = Policy("slow", CacheType.API, TTL, ("project",), ("number",), jitter=0, **_stale)


def make_app() -> Flask:
    """The application of one process."""
    app, _extension = make_small_app(
        os.environ, PolicyTable(SLOW), memory=16 * 1024 * 1024, prefix="bench-slow"
    )
    counter = redis.Redis.from_url(os.environ["CELERY_BROKER_URL"])

    @app.get("/process/")
    def show_process() -> str:
        return str(os.getpid())

    @app.get("/slow/<int:number>/")
    @cache_api_response(SLOW)
    def show_slow(number: int) -> dict[str, Any]:
        counter.incr(COUNT.format(number=number))
        time.sleep(SECONDS)  # what it computes is nothing but this
        return {"number": number, "made": time.time()}

    @app.errorhandler(FlightTimeout)
    def refuse(_error: FlightTimeout) -> Response:
        return Response(status=503, headers={"Retry-After": "1"})

    return app


app = make_app() if "BENCH_SLOW" in os.environ else None
