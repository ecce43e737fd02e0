"""The engine in a Flask application: functions."""

from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from flask import Flask
from sqlalchemy import text

from portfolio.caching.flask_adapter import (
    cache_api_response,
    cache_extension,
    cache_statistics,
)
from portfolio.caching.policy import CacheType, Policy, PolicyError, PolicyTable
from portfolio.local.embedded import EmbeddedServers

from .flask_app import app_with_items

SUM = Policy("item_sum", CacheType.STATISTICS, 60, ("item",), ("above",))


@pytest.fixture
def app(servers: EmbeddedServers, item_database: str) -> Iterator[Flask]:
    with app_with_items(servers, item_database, PolicyTable(SUM)) as app:
        yield app


def test_functions_are_cached_by_their_arguments(app: Flask) -> None:
    db, calls = app.extensions["test"].db, []

    @cache_statistics(SUM)
    def sum_items(*, above: int = 0) -> int:
        calls.append(above)
        query = text("SELECT coalesce(sum(value), 0)::int FROM item WHERE value > :above")
        return int(db.session.scalar(query, {"above": above}))

    with app.app_context():
        assert [sum_items(), sum_items(above=0), sum_items(above=15)] == [30, 30, 20]
        db.session.execute(text("UPDATE item SET value = 5 WHERE id = 2"))
        assert sum_items() == 15, "the writer sees its own change"
        db.session.commit()
        assert sum_items() == 15
    assert calls == [0, 15, 0, 0]


def test_a_result_is_the_callers_own(app: Flask) -> None:
    @cache_statistics(SUM)
    def list_items(*, above: int) -> list[tuple[int, int]]:
        return [(1, above)]

    with app.app_context():
        for _ in range(3):
            rows = list_items(above=1)
            assert rows == [(1, 1)]
            rows.append((2, 2))


def test_an_uncacheable_result_is_returned_and_counted(app: Flask) -> None:
    @cache_statistics(SUM)
    def sum_items(*, above: int) -> object:
        return SimpleNamespace(above=above)

    with app.app_context():
        assert sum_items(above=3) == SimpleNamespace(above=3)
        totals = cache_extension().counters.totals()
    assert totals["item_sum"]["uncacheable"] == 1
    assert totals["type"] == {"types.SimpleNamespace": 1}


def test_a_policy_of_another_type_or_with_other_arguments_is_refused() -> None:
    with pytest.raises(PolicyError, match="of type statistics"):
        cache_api_response(SUM)
    with pytest.raises(PolicyError, match="name other arguments"):
        cache_statistics(SUM)(lambda *, below: below)
