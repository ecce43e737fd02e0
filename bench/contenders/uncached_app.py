"""The product without its cache: every answer is computed, by the same views on the same server."""

import os
from collections.abc import Callable
from typing import Any

from portfolio.app import create_app
from portfolio.caching.engine import Outcome
from portfolio.caching.flask_adapter import EXTENSION


def fetch(
    _policy: object, _arguments: object, compute: Callable[[], Any], **_options: object
) -> Outcome:
    """In place of Engine.fetch: compute for this caller alone."""
    return Outcome(compute(), "bypass")


if "BENCH_UNCACHED" in os.environ:
    app = create_app()
    app.extensions[EXTENSION].engine.fetch = fetch
