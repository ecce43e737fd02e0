"""No more tokens than allowed are used in a day, whoever asks, whatever fails."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
import redis
from apiflask import APIFlask

from portfolio.services.chat.wording import word_answer
from portfolio.services.wording.spending import Spending, SpendingLimit, SpendingUnknown
from portfolio.services.wording.wordsmith import describe_wording
from tests.ai.wording.evidence import found
from tests.chat.model_server import ModelServer, document, reply

FOUND = found("Wrote the scheduler in Rust at Norlund.")
GOOD = "They wrote the scheduler in Rust [1]."
NOWHERE = "redis://127.0.0.1:9/0"


@pytest.fixture
def url(app: APIFlask) -> str:
    return str(app.config["CELERY_BROKER_URL"])


@pytest.fixture
def make(url: str) -> Iterator[Callable[..., Spending]]:
    made: list[Spending] = []

    def build(limit: int, day: int = 1, url: str = url) -> Spending:
        made.append(Spending(url, "portfolio", limit, lambda: datetime(2026, 5, day, tzinfo=UTC)))
        return made[-1]

    yield build
    for spending in made:
        spending.close()


def test_what_is_left_can_be_set_aside_and_no_more(make: Callable[..., Spending]) -> None:
    spending = make(100)
    key = spending.reserve(60)
    with pytest.raises(SpendingLimit):
        spending.reserve(41)
    spending.settle(key, 60, 10)
    assert spending.used() == 10
    spending.settle(spending.reserve(90), 90, 95)
    assert spending.used() == 105
    with pytest.raises(SpendingLimit):
        spending.reserve(1)


def test_many_at_once_do_not_exceed_the_limit(make: Callable[..., Spending]) -> None:
    parties = [make(1000) for _number in range(4)]

    def reserve(number: int) -> int:
        try:
            parties[number % 4].reserve(30)
        except SpendingLimit:
            return 0
        return 30

    with ThreadPoolExecutor(8) as pool:
        spent = sum(pool.map(reserve, range(100)))
    assert spent == parties[0].used() <= 1000


def test_a_new_day_begins_with_nothing_and_old_ones_are_forgotten(
    make: Callable[..., Spending], url: str
) -> None:
    make(100).reserve(100)
    make(100, day=2).reserve(100)
    assert make(100).used() == 100
    with redis.Redis.from_url(url) as client:
        for key in client.keys("portfolio:llm:tokens:*"):  # type: ignore[union-attr]
            assert 0 < client.ttl(key) <= 3 * 24 * 3600  # type: ignore[operator]


def test_what_cannot_be_counted_is_not_spent(make: Callable[..., Spending]) -> None:
    spending = make(100, url=NOWHERE)
    for _number in range(2):
        with pytest.raises(SpendingUnknown):
            spending.reserve(1)
    with pytest.raises(SpendingUnknown):
        spending.used()
    spending.settle("key", 10, 5)
    spending.settle("key", 10, 15)


def ask() -> object:
    return word_answer("What?", FOUND, seconds=5)


def test_beyond_the_limit_the_model_is_not_asked(
    make_wording: Callable[..., APIFlask], model: ModelServer
) -> None:
    model.behave = reply(GOOD, tokens=900)
    with make_wording(LLM_DAILY_TOKENS="2000", LLM_MAX_TOKENS="100").app_context():
        answers = [ask() for _number in range(4)]
        described = describe_wording()
    assert [answer is not None for answer in answers] == [True, True, False, False]
    assert len(model.seen) == 2
    assert described is not None
    assert (described["tokens_today"], described["counts"]["spent"]) == (1800, 2)


def test_with_a_limit_of_nothing_nothing_is_asked(
    make_wording: Callable[..., APIFlask], model: ModelServer
) -> None:
    with make_wording(LLM_DAILY_TOKENS="0").app_context():
        assert ask() is None
    assert model.seen == []


def test_who_does_not_say_what_was_used_is_counted_in_full(
    worded: APIFlask, model: ModelServer
) -> None:
    model.behave = reply(GOOD, tokens=None)
    assert ask() is not None
    described = describe_wording()
    assert described is not None
    assert described["tokens_today"] > 400


def test_what_was_refused_by_the_server_was_not_spent(worded: APIFlask, model: ModelServer) -> None:
    model.behave = document({}, "500 Internal Server Error")
    assert ask() is None
    described = describe_wording()
    assert described is not None
    assert described["tokens_today"] == 0


def test_without_the_durable_redis_no_model_is_asked_and_nothing_raised(
    make_wording: Callable[..., APIFlask], model: ModelServer
) -> None:
    with make_wording(CELERY_BROKER_URL=NOWHERE).app_context():
        assert [ask(), ask()] == [None, None]
        described = describe_wording()
    assert model.seen == []
    assert described is not None
    assert described["tokens_today"] is described["counts"] is None
