"""Letting a language model word what was found. Whatever goes wrong, what was found remains."""

import threading
import time
from collections.abc import Iterator, Sequence
from typing import Any

import redis
from flask import current_app
from redis.backoff import NoBackoff
from redis.retry import Retry

from portfolio.ai.answers.answer import Answer, AnswerKind, Turn
from portfolio.ai.wording.evidence import number_evidence
from portfolio.ai.wording.prompt import Message, build_messages
from portfolio.ai.wording.worded import Wording
from portfolio.caching.counters import Counters, LedgerUnavailable, RedisLedger
from portfolio.services.chat.language_model import LanguageModel, ModelServer
from portfolio.services.chat.model_accounts import CALLS, Account, Accounts
from portfolio.services.chat.model_call import ModelFailure
from portfolio.services.chat.spending import Spending, SpendingUnknown

_EXTENSION = "portfolio_wording"
_making = threading.Lock()
_WORDED = frozenset({AnswerKind.FACT, AnswerKind.EXTRACT})
"""Refusals and small talk are never shown to a model."""


class Wordsmith:
    """What one application words answers with.

    Args:
        longest: seconds that an answer may take at most.
    """

    def __init__(self, model: LanguageModel, accounts: Accounts, longest: float) -> None:
        self.model, self.accounts = model, accounts
        self._longest = longest

    def word(
        self, question: str, found: Answer, earlier: Sequence[Turn], seconds: float
    ) -> Iterator[str | Answer]:
        """Supported sentences as they are completed, then the answer; it is missing on failure."""
        deadline = time.monotonic() + min(seconds, self._longest)
        evidence = number_evidence(found) if found.kind in _WORDED else ()
        if not evidence or seconds <= 0 or not self.accounts.may_open():
            return
        messages = build_messages(question, evidence, earlier, found.understood)
        wording = Wording(question, found, evidence)
        call = self.accounts.open(messages)
        try:
            call.begin()
            yield from self._sentences(wording, call, messages, deadline)
        except ModelFailure as failure:
            call.end(failure, wording)
            return
        except GeneratorExit:
            call.end(ModelFailure("left", is_its_own=False), wording)
            raise
        answer = wording.answer()
        call.end(None if answer else ModelFailure("unsupported", is_its_own=False), wording)
        if answer:
            yield answer

    def _sentences(
        self, wording: Wording, call: Account, messages: list[Message], deadline: float
    ) -> Iterator[str]:
        for piece in self.model.ask(messages, deadline - time.monotonic()):
            call.note(piece.tokens)
            yield from wording.feed(piece.text)
        yield from wording.finish()

    def close(self) -> None:
        """Close every connection."""
        self.accounts.close()
        self.model.close()


def word_answer(
    question: str, evidence: Answer, earlier: Sequence[Turn] = (), *, seconds: float
) -> Answer | None:
    """The answer in a language model's words; None when it stays as it is.

    Args:
        evidence: what was found without a model.
        seconds: longest time for it.
    """
    pieces = stream_answer(question, evidence, earlier, seconds=seconds)
    return next((piece for piece in pieces if isinstance(piece, Answer)), None)


def stream_answer(
    question: str, evidence: Answer, earlier: Sequence[Turn] = (), *, seconds: float
) -> Iterator[str | Answer]:
    """Sentences as they are completed and found to be supported, and last the whole answer.

    Without an answer at the end, what was found takes the place of all sentences shown. It needs
    the application only until it returns, not while it is iterated.
    """
    smith = current_wordsmith()
    return smith.word(question, evidence, earlier, seconds) if smith else iter(())


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
    client = redis.Redis.from_url(
        url, socket_timeout=0.5, socket_connect_timeout=0.5, retry=Retry(NoBackoff(), 0)
    )
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
