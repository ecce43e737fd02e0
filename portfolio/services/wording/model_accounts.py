"""The accounts of calls: tokens set aside and settled, what is counted, what is logged.

No text of a visitor is logged.
"""

import logging
import time

from portfolio.ai.wording.checking import Checking
from portfolio.ai.wording.prompt import Message, estimate_tokens
from portfolio.caching.counters import Counters
from portfolio.services.pausing import Pause
from portfolio.services.wording.model_call import ModelFailure
from portfolio.services.wording.spending import Spending, SpendingLimit, SpendingUnknown

logger = logging.getLogger(__name__)

CALLS = "llm"
"""What the counts are named after."""


class Accounts:
    """What all calls of one application share."""

    def __init__(self, spending: Spending, counters: Counters, max_tokens: int) -> None:
        self.spending, self.counters, self.max_tokens = spending, counters, max_tokens
        self.pause = Pause()

    def may_open(self) -> bool:
        """Whether the server is not being left alone; counts it when it is."""
        if self.pause.remaining:
            self.counters.count(CALLS, "paused")
            return False
        return True

    def open(self, messages: list[Message]) -> "Account":
        """The account of a call with these messages."""
        prompt = sum(estimate_tokens(message["content"]) + 8 for message in messages)
        return Account(self, prompt + self.max_tokens)

    def close(self) -> None:
        """Count a last time and close the connections."""
        self.counters.close()
        self.spending.close()


class Account:
    """One call, from the moment at which its tokens are set aside to the line in the log."""

    def __init__(self, accounts: Accounts, tokens: int) -> None:
        self._accounts = accounts
        self._start = time.monotonic()
        self._reserved = tokens
        self._counted: int | None = None
        self._sum = ""

    def begin(self) -> None:
        """Set tokens aside; raises ModelFailure when there are none."""
        try:
            self._sum = self._accounts.spending.reserve(self._reserved)
        except SpendingLimit:
            raise ModelFailure("spent", sent=False, is_its_own=False) from None
        except SpendingUnknown:
            raise ModelFailure("spending_unknown", sent=False, is_its_own=False) from None

    def note(self, tokens: int | None) -> None:
        """What the server says that it has used so far."""
        self._counted = self._counted if tokens is None else tokens

    def end(self, failure: ModelFailure | None, checking: Checking) -> None:
        """Settle, count and log."""
        tokens = self._settle(failure)
        self._tell_pause(failure)
        seconds = time.monotonic() - self._start
        reason = failure.reason if failure else "worded"
        counters = self._accounts.counters
        counters.count(CALLS, "calls")
        counters.count(CALLS, reason)
        for event, amount in (
            ("tokens", tokens),
            ("milliseconds", round(seconds * 1000)),
            ("sentences", checking.kept),
            ("dropped", checking.dropped),
        ):
            counters.add(CALLS, event, amount)
        logger.info(
            "language model: %s after %.2f s, %d tokens, %d sentences kept, %d dropped",
            reason,
            seconds,
            tokens,
            checking.kept,
            checking.dropped,
        )

    def _settle(self, failure: ModelFailure | None) -> int:
        if not self._sum:
            return 0
        # Who does not say what was used is taken to have used all that was set aside.
        used = self._reserved if self._counted is None else self._counted
        if failure and not failure.sent:
            used = 0
        self._accounts.spending.settle(self._sum, self._reserved, used)
        return used

    def _tell_pause(self, failure: ModelFailure | None) -> None:
        pause = self._accounts.pause
        if failure is None or failure.reason == "unsupported":
            pause.note_success()
        elif failure.is_its_own and pause.note_failure(wait=failure.wait):
            logger.warning(
                "language model: left alone for %.0f s, %s", pause.remaining, failure.reason
            )
