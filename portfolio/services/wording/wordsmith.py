"""What one application words with: the model, what it may cost, and whether words are supported."""

import threading
import time
from collections.abc import Generator, Iterator
from typing import Any

from flask import current_app

from portfolio.ai.wording.checking import Checking
from portfolio.ai.wording.prompt import Message
from portfolio.caching.counters import Counters, LedgerUnavailable, RedisLedger
from portfolio.caching.redis_adapter.clients import impatient_client
from portfolio.services.wording.language_model import LanguageModel, ModelServer
from portfolio.services.wording.model_accounts import CALLS, Account, Accounts
from portfolio.services.wording.model_call import ModelFailure
from portfolio.services.wording.spending import Spending, SpendingUnknown

_EXTENSION = "portfolio_wording"
_PATIENCE = 0.5
_making = threading.Lock()


class Wordsmith:
    """Asks the model and lets pass what is supported.

    Args:
        longest: seconds that an answer may take at most.
    """

    def __init__(self, model: LanguageModel, accounts: Accounts, longest: float) -> None:
        self.model, self.accounts = model, accounts
        self._longest = longest

    def word(
        self, messages: list[Message], checking: Checking, seconds: float
    ) -> Generator[str, None, bool]:
        """Supported sentences as they are completed; in the end whether they are an answer.

        When they are not, whatever was shown of them is to be taken back.
        """
        deadline = time.monotonic() + min(seconds, self._longest)
        if seconds <= 0 or not self.accounts.may_open():
            return False
        call = self.accounts.open(messages)
        try:
            call.begin()
            yield from self._sentences(checking, call, messages, deadline)
        except ModelFailure as failure:
            call.end(failure, checking)
            return False
        except GeneratorExit:
            call.end(ModelFailure("left", is_its_own=False), checking)
            raise
        worded = checking.kept > 0
        call.end(None if worded else ModelFailure("unsupported", is_its_own=False), checking)
        return worded

    def write(self, messages: list[Message], checking: Checking, seconds: float) -> bool:
        """Let `checking` have the whole text; whether it is an answer."""
        sentences = self.word(messages, checking, seconds)
        while True:
            try:
                next(sentences)
            except StopIteration as end:
                return bool(end.value)

    def _sentences(
        self, checking: Checking, call: Account, messages: list[Message], deadline: float
    ) -> Iterator[str]:
        for piece in self.model.ask(messages, deadline - time.monotonic()):
            call.note(piece.tokens)
            yield from checking.feed(piece.text)
        yield from checking.finish()

    def close(self) -> None:
        """Close every connection."""
        self.accounts.close()
        self.model.close()


def current_wordsmith() -> Wordsmith | None:
    """The running application's; None when no model is configured."""
    if not current_app.config["LLM_BASE_URL"]:
        return None
    extensions = current_app.extensions
    with _making:
        if _EXTENSION not in extensions:
            extensions[_EXTENSION] = _make_wordsmith(current_app.config)
    smith: Wordsmith = extensions[_EXTENSION]
    return smith


def describe_wording() -> dict[str, Any] | None:
    """Where the model is, what was used of it today and how calls ended; None without a model."""
    smith = current_wordsmith()
    if smith is None:
        return None
    server, accounts = smith.model.server, smith.accounts
    try:
        used: int | None = accounts.spending.used()
        counts: dict[str, int] | None = accounts.counters.totals().get(CALLS, {})
    except (SpendingUnknown, LedgerUnavailable):
        used = counts = None
    return {
        "model": server.model,
        "server": server.base_url,
        "tokens_today": used,
        "daily_tokens": current_app.config["LLM_DAILY_TOKENS"],
        "counts": counts,
    }


def _make_wordsmith(config: Any) -> Wordsmith:
    url, prefix = config["CELERY_BROKER_URL"], config["CACHE_KEY_PREFIX"]
    client = impatient_client(url, _PATIENCE)
    counters = Counters(RedisLedger(client, f"{prefix}:llm:counts"))
    model = LanguageModel(
        ModelServer(
            base_url=config["LLM_BASE_URL"],
            key=config["LLM_API_KEY"].get_secret_value(),
            model=config["LLM_MODEL"],
            connect_timeout=config["LLM_CONNECT_TIMEOUT"],
            silence_timeout=config["LLM_SILENCE_TIMEOUT"],
            max_tokens=config["LLM_MAX_TOKENS"],
            concurrency=config["LLM_CONCURRENCY"],
        )
    )
    spending = Spending(url, prefix, config["LLM_DAILY_TOKENS"])
    accounts = Accounts(spending, counters, config["LLM_MAX_TOKENS"])
    return Wordsmith(model, accounts, config["LLM_TIMEOUT"])
