"""Flask with Flask-Caching's own RedisCache, used as its documentation shows."""

import os

from flask import Flask, Response
from flask_caching import Cache

from bench.ready_answer import VARIABLE, ReadyAnswer

answer = ReadyAnswer.load(os.environ[VARIABLE])
app = Flask(__name__)
cache = Cache(
    app,
    config={
        "CACHE_TYPE": "RedisCache",
        "CACHE_REDIS_URL": os.environ["BENCH_REDIS_URL"],
        "CACHE_DEFAULT_TIMEOUT": 3600,
    },
)


@app.get("/")
def show_readiness() -> str:
    """For the bench: the server is up."""
    return "ready"


@app.get("/<path:_path>")
@cache.cached(query_string=True)
def show_answer(_path: str) -> Response:
    """The same body; a hit takes it from Redis."""
    return Response(answer.body, mimetype="application/json")
