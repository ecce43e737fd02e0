"""Beside Flask-Caching's tests: those that hold for every backend, run against Portfolio's."""

from collections.abc import Callable

import pytest
from flask import Flask
from test_backend_cache import GenericCacheTests

from portfolio.caching.flask_adapter.backend import EngineBackend


class TestEngineBackend(GenericCacheTests):
    @pytest.fixture
    def make_cache(self, app: Flask) -> Callable[[], EngineBackend]:
        return lambda: EngineBackend(app)
